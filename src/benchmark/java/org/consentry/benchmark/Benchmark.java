package org.consentry.benchmark;

import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.consentry.benchmark.Line.TableRow;

/**
 * Runs the program and DuckDB in turn, line by line. Prints machine, JDK and load before it began,
 * what each run took, medians with minimum and maximum, ratios, the table of results in Markdown,
 * and a warning when other processes were at work meanwhile.
 */
final class Benchmark {

  private final List<Line> lines;
  private final Programs programs;

  Benchmark(Settings settings, List<Line> lines, Starter starter, PrintStream out) {
    this.lines = List.copyOf(lines);
    this.programs = new Programs(settings, starter, out);
  }

  /**
   * Runs what the system properties choose.
   *
   * @param arguments none
   * @see Settings#ofProperties()
   * @see Lines#ofProperties()
   */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, SQLException {
    new Benchmark(Settings.ofProperties(), Lines.ofProperties(), Measured::run, System.out).run();
  }

  /**
   * Runs all lines. When one fails, the results of those before it are printed.
   *
   * @throws IllegalStateException when a program fails or results differ
   */
  void run() throws IOException, InterruptedException, SQLException {
    Settings settings = programs.settings();
    programs.print("%s", Machine.describe());
    programs.print("%s, DuckDB %s", Machine.jdk(), Reference.version());
    programs.print("%s, load before it began %.2f", Instant.now(), Machine.load());
    programs.print(
        "%d threads, %d runs of each program in turn", settings.threads(), settings.repeats());
    List<TableRow> rows = new ArrayList<>();
    try {
      for (Line line : lines) {
        rows.addAll(line.run(programs));
      }
    } finally {
      programs.print("%n| Whole process | CSV | Parquet |%n|---|---|---|");
      rows.forEach(row -> programs.print("%s", row));
      programs.warn();
    }
  }
}
