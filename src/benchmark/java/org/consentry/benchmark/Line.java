package org.consentry.benchmark;

import java.io.IOException;
import java.sql.SQLException;
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
