package org.consentry.profile;

import java.util.List;
import java.util.Optional;

/**
 * What the tables of a source contain.
 *
 * @param tables in the order in which they were read; no name twice
 */
public record SourceContents(List<TableProfile> tables) {

  public SourceContents {
    tables = List.copyOf(tables);
  }

  /** The profile of a table. */
  public Optional<TableProfile> table(String name) {
    return tables.stream().filter(table -> table.table().equals(name)).findFirst();
  }

  /** The summary of a column of a table. */
  public Optional<ColumnSummary> column(String table, String column) {
    return table(table).flatMap(found -> found.column(column));
  }
}
