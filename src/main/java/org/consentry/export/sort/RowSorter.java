package org.consentry.export.sort;

import java.util.Arrays;

/**
 * Sorts encoded rows in one buffer. Five bytes of each row are compared at a time as a number,
 * those that all rows of a group share left out; groups that are still equal are sorted by what
 * follows. Not thread-safe.
 *
 * <p>Invariant: the rows of a group agree in the bytes before its depth, and no row is the
 * beginning of another, so a group whose first row ends there is of equal rows.
 */
final class RowSorter {

  /** Most rows that one call sorts: positions have 24 bits beside five bytes of a row. */
  static final int MOST_ROWS = 1 << 24;

  private static final int POSITION_BITS = 24;
  private static final int DIGIT_BYTES = 5;
  private static final int SMALL = 12;

  private final byte[] buffer;
  private final int[] starts;
  private final int[] ends;
  private final long[] keys;
  private final int[] moved;

  private RowSorter(byte[] buffer, int[] starts, int[] ends, int rows) {
    this.buffer = buffer;
    this.starts = starts;
    this.ends = ends;
    keys = new long[rows];
    moved = new int[rows];
  }

  /** Puts the first rows of both arrays into the order of the bytes they point at. */
  static void sort(byte[] buffer, int[] starts, int[] ends, int rows) {
    if (rows > MOST_ROWS) {
      throw new IllegalArgumentException("more rows than can be sorted at once: " + rows);
    }
    new RowSorter(buffer, starts, ends, rows).sort(0, rows, 0);
  }

  private void sort(int from, int to, int start) {
    if (to - from <= SMALL) {
      insert(from, to, start);
      return;
    }
    int depth = start + shared(from, to, start);
    if (starts[from] + depth >= ends[from]) {
      return;
    }
    for (int i = from; i < to; i++) {
      keys[i] = (digit(i, depth) << POSITION_BITS) | (i - from);
    }
    Arrays.sort(keys, from, to);
    reorder(starts, from, to);
    reorder(ends, from, to);
    int next = from;
    while (next < to) {
      int end = next + 1;
      while (end < to && keys[end] >>> POSITION_BITS == keys[next] >>> POSITION_BITS) {
        end++;
      }
      if (end - next > 1) {
        sort(next, end, depth + DIGIT_BYTES);
      }
      next = end;
    }
  }

  private void reorder(int[] array, int from, int to) {
    for (int i = from; i < to; i++) {
      moved[i] = array[from + (int) (keys[i] & (MOST_ROWS - 1))];
    }
    System.arraycopy(moved, from, array, from, to - from);
  }

  private long digit(int row, int depth) {
    int at = starts[row] + depth;
    int end = ends[row];
    long digit = 0;
    for (int i = 0; i < DIGIT_BYTES; i++) {
      digit = (digit << 8) | (at < end ? buffer[at] & 0xFF : 0);
      at++;
    }
    return digit;
  }

  /** How many bytes behind the start all rows share. */
  private int shared(int from, int to, int start) {
    int first = starts[from] + start;
    int length = ends[from] - first;
    for (int i = from + 1; i < to && length > 0; i++) {
      int at = starts[i] + start;
      int differs =
          Arrays.mismatch(buffer, first, first + length, buffer, at, Math.max(at, ends[i]));
      if (differs >= 0) {
        length = Math.min(length, differs);
      }
    }
    return Math.max(0, length);
  }

  private void insert(int from, int to, int depth) {
    for (int i = from + 1; i < to; i++) {
      int start = starts[i];
      int end = ends[i];
      int at = i;
      while (at > from && compare(start, end, starts[at - 1], ends[at - 1], depth) < 0) {
        starts[at] = starts[at - 1];
        ends[at] = ends[at - 1];
        at--;
      }
      starts[at] = start;
      ends[at] = end;
    }
  }

  private int compare(int start, int end, int otherStart, int otherEnd, int depth) {
    int from = Math.min(start + depth, end);
    int otherFrom = Math.min(otherStart + depth, otherEnd);
    return Arrays.compareUnsigned(buffer, from, end, buffer, otherFrom, otherEnd);
  }
}
