package org.consentry.export.extract;

import java.util.BitSet;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.LongColumn;

/** Empties cells of a column that consent does not cover. */
final class WithheldCells {

  private WithheldCells() {}

  /** The column without the values at these positions. */
  static Column empty(Column column, BitSet hidden) {
    if (column instanceof BytesColumn bytes) {
      int[] starts = bytes.starts().clone();
      hidden.stream().forEach(position -> starts[position] = BytesColumn.MISSING);
      return new BytesColumn(bytes.rows(), bytes.buffer(), starts, bytes.ends());
    }
    long[] values = ((LongColumn) column).values().clone();
    hidden.stream().forEach(position -> values[position] = LongColumn.MISSING);
    return new LongColumn(column.rows(), values);
  }
}
