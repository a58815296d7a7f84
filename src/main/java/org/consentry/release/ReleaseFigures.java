package org.consentry.release;

import java.util.Map;
import java.util.Optional;

/**
 * What the columns of a release look like.
 *
 * @param tables figures by table and released column; no table whose people cannot be counted,
 *     because it releases no code of the subject
 */
public record ReleaseFigures(Map<String, Map<String, ColumnFigures>> tables) {

  /** No figures. */
  public static final ReleaseFigures NONE = new ReleaseFigures(Map.of());

  public ReleaseFigures {
    tables = Map.copyOf(tables);
  }

  /** The figures of a column. */
  public Optional<ColumnFigures> of(String table, String column) {
    return Optional.ofNullable(tables.get(table))
        .flatMap(columns -> Optional.ofNullable(columns.get(column)));
  }
}
