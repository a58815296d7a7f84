package org.consentry.benchmark;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.consentry.benchmark.Origin.Exported;
import org.consentry.benchmark.Origin.Records;

/**
 * The program that reads the rows where they are, and the program that reads them as CSV files, in
 * turn; making the files counts, where they have to be made. What is released is compared with
 * DuckDB's result.
 *
 * @param name its name
 * @param work what is released
 * @param origin makes what the rows are put into
 */
record Sourced(String name, Work work, Supplier<Origin> origin) implements Line {

  @Override
  public List<TableRow> run(Programs programs)
      throws IOException, InterruptedException, SQLException {
    programs.prepare(work);
    try (Origin rows = origin.get()) {
      rows.fill(programs, work);
      String title = work.title() + ", from " + rows.title() + " and as CSV files";
      return Line.row(programs, title, format -> cell(programs, rows, format));
    }
  }

  private String cell(Programs programs, Origin rows, Format format)
      throws IOException, InterruptedException, SQLException {
    List<Double> direct = new ArrayList<>();
    List<Double> byFiles = new ArrayList<>();
    for (int repeat = 0; repeat < programs.settings().repeats(); repeat++) {
      direct.add(programs.consentry(work, format, rows.records()).seconds());
      if (repeat == 0) {
        programs.run(Engine.SORTED, work, format);
        programs.compare(Engine.SORTED, work, format);
      }
      Exported files = rows.export(programs, work);
      byFiles.add(
          files.seconds()
              + programs.consentry(work, format, Records.csv(files.folder())).seconds());
    }
    Spread ours = Spread.of(direct);
    Spread other = Spread.of(byFiles);
    return String.format(
        Locale.ROOT, "%s and %s s, ratio %.2f", ours, other, ours.median() / other.median());
  }
}
