package org.consentry.consent;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.consentry.consent.CellReader.Unreadable;

/**
 * Values of one column's cells. Bytes that were read lately are recognised, so that no text is made
 * of them again: a fixed number of short cells is remembered, each in the one place its bytes lead
 * to, where a newer cell replaces an older one. Not thread-safe.
 *
 * @param <T> the value
 */
final class CellValues<T> {

  /** Makes the value of a cell. */
  interface Read<T> {
    T of(String cell) throws Unreadable;
  }

  private static final int PLACES = 1 << 8;
  private static final int LONGEST = 128;

  private final Read<T> read;
  private final byte[][] cells = new byte[PLACES][];
  private final Object[] values = new Object[PLACES];

  CellValues(Read<T> read) {
    this.read = read;
  }

  /** The value of the bytes from {@code start} to {@code end} - 1, which are UTF-8. */
  T of(byte[] buffer, int start, int end) throws Unreadable {
    if (end - start > LONGEST) {
      return read.of(new String(buffer, start, end - start, StandardCharsets.UTF_8));
    }
    int place = hash(buffer, start, end);
    byte[] known = cells[place];
    if (known != null && Arrays.equals(known, 0, known.length, buffer, start, end)) {
      @SuppressWarnings("unchecked") // only values of this type are put into the array
      T value = (T) values[place];
      return value;
    }
    T value = read.of(new String(buffer, start, end - start, StandardCharsets.UTF_8));
    cells[place] = Arrays.copyOfRange(buffer, start, end);
    values[place] = value;
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
