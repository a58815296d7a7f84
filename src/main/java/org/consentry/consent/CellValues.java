package org.consentry.consent;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.consentry.consent.CellReader.Unreadable;
import org.consentry.consent.LineParser.BadRow;
import org.consentry.data.BytesColumn;
import org.consentry.data.CellFormat;

/**
 * Values of one column, which is read as a whole when a batch is taken. Bytes that were read lately
 * are recognised, so that no value is made of them again: those of the row before, and a fixed
 * number of short cells, each in the one place its bytes lead to, where a newer cell replaces an
 * older one. Not thread-safe.
 *
 * @param <T> the value
 */
final class CellValues<T> {

  /** Makes the value of the bytes from {@code start} to {@code end} - 1, which are UTF-8. */
  interface Read<T> {
    T of(byte[] buffer, int start, int end) throws Unreadable;
  }

  private static final byte[] INVALID =
      String.valueOf(CellFormat.INVALID).getBytes(StandardCharsets.UTF_8);
  private static final int PLACES = 1 << 8;
  private static final int LONGEST = 128;

  private final ConsentColumn column;
  private final Read<T> read;
  private final Cells cells = new Cells();
  private final byte[][] knownCells = new byte[PLACES][];
  private final Object[] knownValues = new Object[PLACES];

  /** By row: the value, or why there is none. */
  private Object[] values = new Object[0];

  CellValues(ConsentColumn column, Read<T> read) {
    this.column = column;
    this.read = read;
  }

  /** Reads the column of the next batch. */
  void take(BytesColumn batch) {
    cells.take(batch);
    if (values.length < batch.rows()) {
      values = new Object[batch.rows()];
    }
    byte[] buffer = cells.buffer();
    for (int row = 0; row < batch.rows(); row++) {
      int start = cells.start(row);
      int end = cells.end(row);
      boolean isRepeated =
          row > 0
              && Arrays.equals(
                  buffer, cells.start(row - 1), cells.end(row - 1), buffer, start, end);
      values[row] = isRepeated ? values[row - 1] : value(buffer, start, end);
    }
  }

  private Object value(byte[] buffer, int start, int end) {
    if (end - start > LONGEST) {
      return make(buffer, start, end);
    }
    int place = hash(buffer, start, end);
    byte[] known = knownCells[place];
    if (known == null || !Arrays.equals(known, 0, known.length, buffer, start, end)) {
      knownCells[place] = Arrays.copyOfRange(buffer, start, end);
      knownValues[place] = make(buffer, start, end);
    }
    return knownValues[place];
  }

  private Object make(byte[] buffer, int start, int end) {
    if (isInvalid(buffer, start, end)) {
      return new Unreadable("a value as the job's consent: states it with format and values");
    }
    try {
      return read.of(buffer, start, end);
    } catch (Unreadable reason) {
      return reason;
    }
  }

  private static boolean isInvalid(byte[] buffer, int start, int end) {
    int length = Math.min(INVALID.length, end - start);
    return Arrays.equals(buffer, start, start + length, INVALID, 0, INVALID.length);
  }

  /** The cells of the batch. */
  Cells cells() {
    return cells;
  }

  /** The value of a row. */
  T of(int row) throws BadRow {
    if (values[row] instanceof Unreadable reason) {
      throw new BadRow(column, reason.expected());
    }
    @SuppressWarnings("unchecked") // all others are made by the reader
    T value = (T) values[row];
    return value;
  }

  /** A number from 0 to {@link #PLACES} - 1. */
  private static int hash(byte[] buffer, int start, int end) {
    int h = end - start;
    for (int i = start; i < end; i++) {
      h = h * 31 + buffer[i];
    }
    h *= 0x9E3779B1;
    return h >>> 24;
  }
}
