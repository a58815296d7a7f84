package org.consentry.sink;

import java.util.Arrays;

/**
 * Which rows of a page hold a value: Parquet's definition levels of an optional column, one bit a
 * row. Not thread-safe.
 */
final class Presence {

  /** Eight rows alike are cheaper to count than to list from here on, in bytes of the bit map. */
  private static final int LEAST_RUN = 4;

  private final long[] words;
  private int rows;
  private int present;

  Presence(int most) {
    words = new long[(most + 63) / 64];
  }

  /** Adds a row: 1 if it holds a value, 0 if not. */
  void add(int bit) {
    words[rows >>> 6] |= (long) bit << rows;
    rows++;
    present += bit;
  }

  int rows() {
    return rows;
  }

  int missing() {
    return rows - present;
  }

  void clear() {
    Arrays.fill(words, 0);
    rows = 0;
    present = 0;
  }

  /** Writes the levels as a data page of version 1 wants them: length, then runs of one bit. */
  void encode(GrowingBytes out) {
    int lengthAt = out.size();
    out.putInt(0);
    if (present == rows || present == 0) {
      run(out, rows, present == rows ? 1 : 0);
    } else {
      runs(out);
    }
    out.setInt(lengthAt, out.size() - lengthAt - 4);
  }

  private void runs(GrowingBytes out) {
    int whole = rows / 8;
    int literal = 0;
    int i = 0;
    while (i < whole) {
      int end = endOfRun(i, whole);
      if (end - i >= LEAST_RUN) {
        list(out, literal, i);
        run(out, (end - i) * 8, byteAt(i) & 1);
        literal = end;
      }
      i = Math.max(end, i + 1);
    }
    list(out, literal, (rows + 7) / 8);
  }

  /** Where the bytes stop being all ones or all zeros; {@code from} when that one is mixed. */
  private int endOfRun(int from, int whole) {
    int b = byteAt(from);
    int end = from;
    if (b == 0 || b == 0xFF) {
      while (end < whole && byteAt(end) == b) {
        end++;
      }
    }
    return end;
  }

  private int byteAt(int i) {
    return (int) (words[i >>> 3] >>> ((i & 7) * 8)) & 0xFF;
  }

  private static void run(GrowingBytes out, int count, int bit) {
    out.putVarint((long) count << 1);
    out.put(bit);
  }

  private void list(GrowingBytes out, int from, int to) {
    if (from < to) {
      out.putVarint((long) (to - from) << 1 | 1);
      for (int i = from; i < to; i++) {
        out.put(byteAt(i));
      }
    }
  }
}
