package org.consentry.export.sort;

import java.util.Arrays;

/**
 * Sorts encoded rows in one buffer. Five bytes of each row are compared at a time as a number,
 * those that all rows of a group share left out; groups that are still equal are sorted by what
 * follows. Not thread-safe.
 *
 * <p>Invariant: the rows of a group agree in the bytes before its depth, and no row is the
 * beginning of another, so a group whose first row ends there is of equal rows. What follows the
 * end of a row in the buffer may be compared too: it decides between equal rows alone.
 */
final class RowSorter {

  /** Most rows that one call sorts: positions have 24 bits beside five bytes of a row. */
  static final int MOST_ROWS = 1 << 24;

  private static final int POSITION_BITS = 24;
  private static final int DIGIT_BYTES = 5;
  private static final int SMALL = 12;

  /** From so many rows on, counting bytes is faster than comparing rows. */
  private static final int MANY = 1 << 9;

  private final byte[] buffer;
  private final int[] starts;
  private final int[] ends;
  private final long[] keys;
  private final long[] spare;
  private final int[] moved;

  private RowSorter(byte[] buffer, int[] starts, int[] ends, int rows) {
    this.buffer = buffer;
    this.starts = starts;
    this.ends = ends;
    keys = new long[rows];
    spare = new long[rows];
    moved = new int[rows];
  }

  /**
   * Puts the first rows of both arrays into the order of the bytes they point at.
   *
   * @param buffer has {@link RowCodec#SLACK} bytes behind the rows
   */
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
      long digit = RowCodec.word(buffer, starts[i] + depth) ^ Long.MIN_VALUE;
      keys[i] = (digit & -MOST_ROWS) | (i - from);
    }
    sortKeys(from, to);
    reorder(starts, from, to);
    reorder(ends, from, to);
    int next = from;
    while (next < to) {
      int end = next + 1;
      while (end < to && (keys[end] ^ keys[next]) >>> POSITION_BITS == 0) {
        end++;
      }
      if (end - next > 1) {
        sort(next, end, depth + DIGIT_BYTES);
      }
      next = end;
    }
  }

  /** Sorts by the lowest byte of the digits that differs, then by the next, as cards are sorted. */
  private void sortKeys(int from, int to) {
    if (to - from < MANY) {
      Arrays.sort(keys, from, to);
      return;
    }
    int[][] counts = new int[DIGIT_BYTES][257];
    for (int i = from; i < to; i++) {
      long digit = (keys[i] ^ Long.MIN_VALUE) >>> POSITION_BITS;
      for (int b = 0; b < DIGIT_BYTES; b++) {
        counts[b][(int) (digit >>> (8 * b) & 0xFF) + 1]++;
      }
    }
    long[] in = keys;
    long[] out = spare;
    for (int b = 0; b < DIGIT_BYTES; b++) {
      int shift = POSITION_BITS + 8 * b;
      int[] next = counts[b];
      if (next[(int) ((in[from] ^ Long.MIN_VALUE) >>> shift & 0xFF) + 1] < to - from) {
        next[0] = from;
        for (int value = 0; value < 256; value++) {
          next[value + 1] += next[value];
        }
        for (int i = from; i < to; i++) {
          out[next[(int) ((in[i] ^ Long.MIN_VALUE) >>> shift & 0xFF)]++] = in[i];
        }
        long[] sorted = out;
        out = in;
        in = sorted;
      }
    }
    if (in != keys) {
      System.arraycopy(in, from, keys, from, to - from);
    }
  }

  private void reorder(int[] array, int from, int to) {
    for (int i = from; i < to; i++) {
      moved[i] = array[from + (int) (keys[i] & (MOST_ROWS - 1))];
    }
    System.arraycopy(moved, from, array, from, to - from);
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
