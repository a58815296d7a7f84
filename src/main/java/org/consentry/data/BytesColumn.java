package org.consentry.data;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Byte strings as ranges of one shared buffer.
 *
 * <p>Invariant: for every row either {@code start == MISSING}, or {@code 0 <= start <= end <=
 * buffer.length}; the bytes are valid UTF-8. Several rows may point at the same range, so a column
 * of repeated values costs eight bytes a row. A value of length zero is not used: empty is missing.
 *
 * @param rows number of rows; the arrays may be longer
 * @param buffer the bytes, shared with other columns
 * @param starts first byte of each row, or {@link #MISSING}
 * @param ends one past the last byte of each row; any number where the row has no value
 */
@SuppressWarnings("ArrayRecordComponent") // the batch path shares arrays on purpose (house style)
public record BytesColumn(int rows, byte[] buffer, int[] starts, int[] ends) implements Column {

  /** The start of a row without a value. */
  public static final int MISSING = -1;

  /** A column of texts; an empty one is missing. */
  public static BytesColumn of(List<String> texts) {
    int[] starts = new int[texts.size()];
    int[] ends = new int[texts.size()];
    ByteArrayOutputStream buffer = new ByteArrayOutputStream();
    for (int i = 0; i < starts.length; i++) {
      starts[i] = texts.get(i).isEmpty() ? MISSING : buffer.size();
      buffer.writeBytes(texts.get(i).getBytes(StandardCharsets.UTF_8));
      ends[i] = buffer.size();
    }
    return new BytesColumn(starts.length, buffer.toByteArray(), starts, ends);
  }

  /** Writes the column, for a process of the same run. */
  void write(FlatOutput out) {
    out.bytes(buffer);
    out.ints(starts, rows);
    out.ints(ends, rows);
  }

  /** Reads what {@link #write} wrote. */
  static BytesColumn read(FlatInput in) {
    byte[] buffer = in.bytes();
    int[] starts = in.ints();
    return new BytesColumn(starts.length, buffer, starts, in.ints());
  }

  @Override
  public boolean isMissing(int row) {
    return starts[row] == MISSING;
  }
}
