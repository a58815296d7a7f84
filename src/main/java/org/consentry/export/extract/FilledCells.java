package org.consentry.export.extract;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.Field;
import org.consentry.data.SpreadsheetFormula;
import org.consentry.export.select.TallyCounter;

/**
 * Counts released cells with a value, and texts that a spreadsheet runs, by released column. Not
 * thread-safe: one a split.
 */
final class FilledCells {

  private final List<Field> fields;
  private final long[] filled;

  FilledCells(List<Field> fields) {
    this.fields = fields;
    this.filled = new long[fields.size()];
  }

  /**
   * Adds the columns of released rows, in the order of the fields.
   *
   * @param counter receives the number of texts that a spreadsheet runs, whatever the format is
   */
  void add(List<Column> columns, TallyCounter counter) {
    for (int i = 0; i < filled.length; i++) {
      Column column = columns.get(i);
      for (int row = 0; row < column.rows(); row++) {
        filled[i] += column.isMissing(row) ? 0 : 1;
      }
      if (column instanceof BytesColumn texts) {
        counter.formulas(fields.get(i).name(), SpreadsheetFormula.count(texts));
      }
    }
  }

  Map<String, Long> byColumn() {
    Map<String, Long> cells = new TreeMap<>();
    for (int i = 0; i < filled.length; i++) {
      cells.put(fields.get(i).name(), filled[i]);
    }
    return cells;
  }
}
