package org.consentry.connector;

import java.util.Optional;

/** Where clinic records are read from. Immutable; safe for any number of threads. */
public interface Source {

  /**
   * Opens the head of a table: its column names, not its rows.
   *
   * @param table name of the table as the mapping writes it
   * @return empty when the source has no such table
   * @throws org.consentry.problem.ProblemException when the table is there but cannot be read
   */
  Optional<SourceTable> table(String table);
}
