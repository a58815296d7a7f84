package org.consentry.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What is read, and the work that the program and DuckDB do with it. Every released table has the
 * columns {@code patient_id} (a code), {@code visited_on} (a shifted date) and {@code sequence} (a
 * number that no other row of any table has).
 */
interface Work {

  /** The folder of its files; files of the same folder and the same number of people are equal. */
  String folder();

  /** What it is, for people. */
  String title();

  /** Rows of all tables that are released. */
  long rows();

  /** Its people. */
  People people();

  /** The names of the tables that are released. */
  List<String> tables();

  /** Options of the program's Java runtime, which win over those of its launcher; empty if none. */
  default String javaOptions() {
    return people().consents() == People.Consents.THREE ? "-Xmx1536m" : "";
  }

  /** Writes the files of the source into a folder. */
  void write(Path folder) throws IOException;

  /** The rules of the mapping for the tables that are released. */
  String rules() throws IOException;

  /**
   * DuckDB's statements: one {@code COPY} for each table, from rows joined with {@code subject}.
   */
  String copies() throws IOException;

  /** Columns whose values must be equal, with the SQL type in which they are compared. */
  Map<String, String> compared();
}
