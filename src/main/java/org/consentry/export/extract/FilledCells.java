package org.consentry.export.extract;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.Effect;
import org.consentry.data.LongColumn;
import org.consentry.data.PlannedColumn;
import org.consentry.data.SpreadsheetFormula;
import org.consentry.export.select.TallyCounter;

/**
 * Counts released cells with a value, and texts that a spreadsheet runs, by released column. Not
 * thread-safe: one a split.
 */
final class FilledCells {

  private final List<PlannedColumn> planned;
  private final long[] filled;

  /** Counts the released columns of a table, in the order of its schema. */
  FilledCells(List<PlannedColumn> planned) {
    this.planned = List.copyOf(planned);
    this.filled = new long[planned.size()];
  }

  /**
   * Adds the columns of released rows, in the order of the table's schema.
   *
   * @param counter receives the number of texts that a spreadsheet runs, whatever the format is
   */
  void add(List<Column> columns, TallyCounter counter) {
    for (int i = 0; i < filled.length; i++) {
      if (columns.get(i) instanceof BytesColumn texts) {
        filled[i] += given(texts.starts(), texts.rows());
        counter.formulas(planned.get(i).field().name(), formulas(planned.get(i), texts));
      } else {
        filled[i] += given(((LongColumn) columns.get(i)).values(), columns.get(i).rows());
      }
    }
  }

  /** Codes that the program made begin alike, and are far apart in memory: one shows it for all. */
  private static long formulas(PlannedColumn column, BytesColumn texts) {
    boolean areMade = column.effect() instanceof Effect.Code;
    return areMade && !SpreadsheetFormula.isFirst(texts) ? 0 : SpreadsheetFormula.count(texts);
  }

  private static long given(int[] starts, int rows) {
    int given = 0;
    for (int row = 0; row < rows; row++) {
      given += starts[row] == BytesColumn.MISSING ? 0 : 1;
    }
    return given;
  }

  private static long given(long[] values, int rows) {
    int given = 0;
    for (int row = 0; row < rows; row++) {
      given += values[row] == LongColumn.MISSING ? 0 : 1;
    }
    return given;
  }

  Map<String, Long> byColumn() {
    Map<String, Long> cells = new TreeMap<>();
    for (int i = 0; i < filled.length; i++) {
      cells.put(planned.get(i).field().name(), filled[i]);
    }
    return cells;
  }
}
