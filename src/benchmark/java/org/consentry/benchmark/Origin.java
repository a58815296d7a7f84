package org.consentry.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Where the program reads the rows of a work from, other than the CSV files that were written. */
interface Origin extends AutoCloseable {

  /** Types of columns that are no texts. */
  Map<String, String> TYPES =
      Map.of(
          "date_of_birth", "date",
          "visited_on", "date",
          "arrived_at", "timestamp",
          "charge", "numeric(9,2)",
          "paid", "numeric(9,2)",
          "weight_kg", "numeric(5,1)",
          "sequence", "bigint");

  /** Its name, for people. */
  String title();

  /** Puts the rows of a work there. */
  void fill(Programs programs, Work work) throws IOException, SQLException;

  /** How a job names it. */
  Records records();

  /**
   * Exports the rows as CSV files, where a clinic would have to.
   *
   * @return what that took, and the folder of the files
   */
  Exported export(Programs programs, Work work) throws IOException, InterruptedException;

  /** The columns of a CSV file, with the SQL type of each. */
  static Map<String, String> columns(Path csv) throws IOException {
    Map<String, String> columns = new LinkedHashMap<>();
    try (Stream<String> lines = Files.lines(csv)) {
      for (String column : lines.findFirst().orElseThrow().split(",", -1)) {
        columns.put(column, TYPES.getOrDefault(column, "text"));
      }
    }
    return columns;
  }

  @Override
  void close() throws IOException;

  /**
   * CSV files of the rows.
   *
   * @param seconds that it took to make them; 0 when they were there
   * @param folder where they are
   */
  record Exported(double seconds, Path folder) {}

  /**
   * What a job has under {@code source:} and {@code consent:}.
   *
   * @param source the source
   * @param consent type and place of the consent lines
   */
  record Records(String source, String consent) {

    /** A folder of CSV files. */
    static Records csv(Path folder) {
      return new Records("{type: csv, path: " + folder + ", encoding: utf-8}", lines(folder));
    }

    /** Consent lines in a CSV file. */
    static String lines(Path folder) {
      return "type: csv, path: " + folder + "/consents.csv";
    }
  }
}
