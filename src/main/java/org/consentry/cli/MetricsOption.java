package org.consentry.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.function.IntSupplier;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.consentry.service.Metrics;
import org.consentry.service.MetricsFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Writes metrics after the work of a command, however it ends. */
final class MetricsOption {

  @Option(
      names = "--metrics-file",
      paramLabel = "FILE",
      description = "Writes metrics at the end, for node_exporter's textfile collector.")
  private @Nullable Path file;

  /**
   * Does the work and writes what its exit code is. A file that cannot be written at the end is
   * reported, and changes no exit code.
   *
   * @throws ProblemException category USAGE before the work when there is no folder for the file
   */
  int around(StateFolder state, Console console, IntSupplier work) {
    if (file == null) {
      return work.getAsInt();
    }
    MetricsFile metrics = new MetricsFile(file);
    metrics.require();
    int exitCode = Category.RUN_FAILED.exitCode();
    try {
      exitCode = work.getAsInt();
      return exitCode;
    } catch (ProblemException failed) {
      exitCode = failed.category().exitCode();
      throw failed;
    } finally {
      write(metrics, Metrics.text(state, Instant.now(), OptionalInt.of(exitCode)), console);
    }
  }

  private static void write(MetricsFile metrics, String text, Console console) {
    try {
      metrics.write(text);
    } catch (ProblemException refused) {
      refused.problems().forEach(console::problem);
    }
  }
}
