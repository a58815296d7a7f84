package org.consentry.export.extract;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.OptionalInt;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.LongColumn;
import org.consentry.data.WithheldCode;

/** Takes values out of a column again, by position, and leaves nothing or a code in their place. */
final class WithheldCells {

  private WithheldCells() {}

  /** The column without the values at these positions. */
  static Column missing(Column column, BitSet hidden) {
    if (column instanceof BytesColumn bytes) {
      int[] starts = bytes.starts().clone();
      hidden.stream().forEach(position -> starts[position] = BytesColumn.MISSING);
      return new BytesColumn(bytes.rows(), bytes.buffer(), starts, bytes.ends());
    }
    return numbers((LongColumn) column, hidden, LongColumn.MISSING);
  }

  /** The column with the code at these positions, whether or not there was a value. */
  static Column coded(Column column, BitSet hidden, WithheldCode code) {
    if (!(column instanceof BytesColumn bytes)) {
      return numbers((LongColumn) column, hidden, code.number());
    }
    byte[] word = word(code);
    int at = bytes.buffer().length;
    byte[] buffer = Arrays.copyOf(bytes.buffer(), Math.addExact(at, word.length));
    System.arraycopy(word, 0, buffer, at, word.length);
    int[] starts = bytes.starts().clone();
    int[] ends = bytes.ends().clone();
    hidden.stream()
        .forEach(
            position -> {
              starts[position] = at;
              ends[position] = at + word.length;
            });
    return new BytesColumn(bytes.rows(), buffer, starts, ends);
  }

  /** The first position that is not hidden and whose value is the code all the same. */
  static OptionalInt mistakable(Column column, BitSet hidden, WithheldCode code) {
    byte[] word = word(code);
    for (int position = 0; position < column.rows(); position++) {
      if (!hidden.get(position) && !column.isMissing(position)) {
        boolean same =
            column instanceof BytesColumn bytes
                ? Arrays.equals(
                    bytes.buffer(),
                    bytes.starts()[position],
                    bytes.ends()[position],
                    word,
                    0,
                    word.length)
                : ((LongColumn) column).values()[position] == code.number();
        if (same) {
          return OptionalInt.of(position);
        }
      }
    }
    return OptionalInt.empty();
  }

  private static LongColumn numbers(LongColumn column, BitSet hidden, long instead) {
    long[] values = column.values().clone();
    hidden.stream().forEach(position -> values[position] = instead);
    return new LongColumn(column.rows(), values);
  }

  private static byte[] word(WithheldCode code) {
    return code.text().getBytes(StandardCharsets.UTF_8);
  }
}
