package org.consentry.mapping;

import java.util.Optional;
import org.consentry.component.Doc;

/**
 * The key of another table.
 *
 * @param table name of the table
 * @param column name of the one column that is its key
 */
@Doc(value = "a table and its key column, such as visits.visit_id", pattern = "[^.]+\\..+")
public record Reference(String table, String column) {

  /** Reads {@code table.column}. Names of tables hold no point. */
  public static Optional<Reference> parse(String word) {
    int point = word.indexOf('.');
    return point < 1 || point == word.length() - 1
        ? Optional.empty()
        : Optional.of(new Reference(word.substring(0, point), word.substring(point + 1)));
  }
}
