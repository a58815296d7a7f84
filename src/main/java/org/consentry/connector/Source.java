package org.consentry.connector;

import java.util.List;
import java.util.Optional;
import org.consentry.problem.Problem;

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

  /**
   * The same table, whose rows are read one after the other in a single split.
   *
   * @throws org.consentry.problem.ProblemException when the table is there but cannot be read
   */
  default Optional<SourceTable> unsplit(String table) {
    return table(table);
  }

  /** What a person should know of the source; none is an error. */
  default List<Problem> warnings() {
    return List.of();
  }
}
