package org.consentry.connector.csv;

import java.util.List;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.SpreadsheetFormula;

/**
 * Puts a single quote before every text that a spreadsheet would run as a formula, so that it shows
 * the text instead. Numbers and dates are no texts and stay as they are.
 */
final class FormulaEscape {

  private FormulaEscape() {}

  /** The columns, copied only where a cell changes. */
  static List<Column> of(List<Column> columns) {
    return columns.stream().map(FormulaEscape::of).toList();
  }

  private static Column of(Column column) {
    if (!(column instanceof BytesColumn texts)) {
      return column;
    }
    long found = SpreadsheetFormula.count(texts);
    return found == 0 ? column : escaped(texts, found);
  }

  private static BytesColumn escaped(BytesColumn column, long found) {
    long size = found;
    for (int row = 0; row < column.rows(); row++) {
      size += column.isMissing(row) ? 0 : column.ends()[row] - column.starts()[row];
    }
    byte[] buffer = new byte[Math.toIntExact(size)];
    int[] starts = new int[column.rows()];
    int[] ends = new int[column.rows()];
    int at = 0;
    for (int row = 0; row < column.rows(); row++) {
      if (column.isMissing(row)) {
        starts[row] = BytesColumn.MISSING;
        ends[row] = BytesColumn.MISSING;
        continue;
      }
      int start = column.starts()[row];
      int length = column.ends()[row] - start;
      starts[row] = at;
      if (SpreadsheetFormula.is(column.buffer(), start, start + length)) {
        buffer[at++] = '\'';
      }
      System.arraycopy(column.buffer(), start, buffer, at, length);
      at += length;
      ends[row] = at;
    }
    return new BytesColumn(column.rows(), buffer, starts, ends);
  }
}
