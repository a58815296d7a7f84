package org.consentry.benchmark;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/**
 * What a scan adds to a run: the program with and without it, in turn on the same work.
 *
 * @param name its name
 * @param work what is released
 */
record Scanned(String name, Work work) implements Line {

  private static final String SCAN =
      "scan: {identifiers: source, patterns: us, onFinding: block}\n";

  @Override
  public List<TableRow> run(Programs programs)
      throws IOException, InterruptedException, SQLException {
    programs.prepare(work);
    String title = work.title() + ", CPU s with a scan and without";
    return Line.row(programs, title, format -> cell(programs, format));
  }

  private String cell(Programs programs, Format format) throws IOException, InterruptedException {
    Series with = new Series();
    Series without = new Series();
    for (int repeat = 0; repeat < programs.settings().repeats(); repeat++) {
      without.add(programs.consentry(work, format, Starter.Watch.NOTHING));
      with.add(programs.consentry(work, format, SCAN, Starter.Watch.NOTHING));
    }
    double more = with.cpu().median() / without.cpu().median() - 1;
    return String.format(
        Locale.ROOT,
        "%s and %s, %+.0f %%, %.0f %% of the run",
        with.cpu(),
        without.cpu(),
        100 * more,
        100 * more / (1 + more));
  }
}
