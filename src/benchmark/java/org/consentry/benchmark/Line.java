package org.consentry.benchmark;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** One line of the benchmark, chosen by its name. */
interface Line {

  /** Its name. */
  String name();

  /**
   * Measures, prints what it finds, and gives rows for the table of results.
   *
   * @throws IllegalStateException when a program fails or results differ
   */
  List<TableRow> run(Programs programs) throws IOException, InterruptedException, SQLException;

  /** What is measured of one format. */
  @FunctionalInterface
  interface Cell {
    String of(Format format) throws IOException, InterruptedException, SQLException;
  }

  /** Measures each format that is asked for, prints what is found, and gives the row of them. */
  static List<TableRow> row(Programs programs, String title, Cell cell)
      throws IOException, InterruptedException, SQLException {
    List<String> cells = new ArrayList<>();
    for (Format format : Format.values()) {
      String found = programs.settings().formats().contains(format) ? cell.of(format) : "";
      programs.print("%s, %s: %s", title, format.word(), found);
      cells.add(found);
    }
    return List.of(new TableRow(title, cells.get(0), cells.get(1)));
  }

  /**
   * A row of the table of results.
   *
   * @param title what was measured
   * @param csv the figures when CSV was written
   * @param parquet the figures when Parquet was written
   */
  record TableRow(String title, String csv, String parquet) {

    @Override
    public String toString() {
      return "| " + title + " | " + csv + " | " + parquet + " |";
    }
  }
}
