package org.consentry.benchmark;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.consentry.cli.CommandInProcess;

/**
 * Runs what the benchmark runs without starting a process for each, which takes seconds on a busy
 * machine. Its times mean nothing.
 *
 * @see Starter
 */
final class InThisProcess {

  private InThisProcess() {}

  static Measured run(List<String> command, Path log, Starter.Watch watch)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    int reference = command.indexOf(Reference.class.getName());
    int own = command.indexOf("consentry");
    if (own >= 0) {
      return ended(start, consentry(command.subList(own + 1, command.size()), log), log);
    } else if (reference > 0) {
      return ended(start, duckdb(Path.of(command.get(reference + 1))), log);
    }
    return Measured.run(command, log, watch);
  }

  private static int consentry(List<String> words, Path log) throws IOException {
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(log))) {
      return CommandInProcess.run(words, out);
    }
  }

  private static int duckdb(Path sql) throws IOException {
    try {
      Reference.run(Files.readString(sql));
      return 0;
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static Measured ended(long start, int exit, Path log) throws IOException {
    double seconds = (System.nanoTime() - start) / 1e9;
    Map<String, Double> lines = new LinkedHashMap<>();
    Files.readAllLines(log, StandardCharsets.UTF_8).forEach(line -> lines.putIfAbsent(line, 0.0));
    return new Measured(exit, seconds, seconds, -1, -1, lines);
  }
}
