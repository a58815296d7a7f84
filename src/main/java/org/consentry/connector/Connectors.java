package org.consentry.connector;

import java.nio.file.Path;
import org.consentry.connector.csv.CsvSource;

/** Ways to read what is no source of a job. */
public final class Connectors {

  private Connectors() {}

  /** A folder of CSV files, RFC 4180 and UTF-8: a table is a file of its name and {@code .csv}. */
  public static Source csvFolder(Path folder) {
    return CsvSource.FACTORY.open(CsvSource.Config.of(folder.toString()), Path.of(""));
  }

  /**
   * One CSV file, RFC 4180 and UTF-8, of any name.
   *
   * @param shown the file as messages show it
   * @param splitBytes size at which the next record boundary is cut
   * @param longestRecord bytes of the longest record that is still read
   * @throws org.consentry.problem.ProblemException when it cannot be read or has no header
   */
  public static SourceTable csvFile(Path file, String shown, long splitBytes, int longestRecord) {
    return CsvSource.file(file, shown, splitBytes, longestRecord);
  }
}
