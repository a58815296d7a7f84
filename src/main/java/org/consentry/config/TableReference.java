package org.consentry.config;

import java.util.Optional;

/**
 * The key of another table.
 *
 * @param table name of the table
 * @param column name of the one column that is its key
 */
@Doc(value = "a table and its key column, such as visits.visit_id", pattern = "[^.]+\\..+")
public record TableReference(String table, String column) {

  /** Reads {@code table.column}. Names of tables hold no point. */
  public static Optional<TableReference> parse(String word) {
    int point = word.indexOf('.');
    return point < 1 || point == word.length() - 1
        ? Optional.empty()
        : Optional.of(new TableReference(word.substring(0, point), word.substring(point + 1)));
  }
}
