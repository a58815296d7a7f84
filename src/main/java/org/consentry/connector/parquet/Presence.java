package org.consentry.connector.parquet;

import java.util.Arrays;
import org.consentry.data.BytesColumn;
import org.consentry.data.LongColumn;

/**
 * Which rows of a page have a value: Parquet's definition levels of an optional column, one bit a
 * row. Not thread-safe.
 */
final class Presence {

  /** Eight rows alike are cheaper to count than to list from here on, in bytes of the bit map. */
  private static final int LEAST_RUN = 4;

  private final long[] words;
  private int rows;
  private int present;

  Presence(int most) {
    words = new long[most / 64 + 1];
  }

  /** Adds the rows of a range of a column. */
  void add(BytesColumn column, int from, int to) {
    int[] starts = column.starts();
    int missing = 0;
    for (int row = from; row < to; row++) {
      missing += starts[row] >>> 31;
    }
    if (missing == 0) {
      addPresent(to - from);
      return;
    }
    long word = words[rows >>> 6];
    int at = rows;
    for (int row = from; row < to; row++) {
      word |= (long) (~starts[row] >>> 31) << at;
      at++;
      if ((at & 63) == 0) {
        words[(at >>> 6) - 1] = word;
        word = 0;
      }
    }
    end(at, word, to - from - missing);
  }

  /** Adds the rows of a range of a column. */
  void add(LongColumn column, int from, int to) {
    long[] values = column.values();
    int missing = 0;
    for (int row = from; row < to; row++) {
      missing += values[row] == LongColumn.MISSING ? 1 : 0;
    }
    if (missing == 0) {
      addPresent(to - from);
      return;
    }
    long word = words[rows >>> 6];
    int at = rows;
    for (int row = from; row < to; row++) {
      word |= (values[row] == LongColumn.MISSING ? 0L : 1L) << at;
      at++;
      if ((at & 63) == 0) {
        words[(at >>> 6) - 1] = word;
        word = 0;
      }
    }
    end(at, word, to - from - missing);
  }

  private void end(int newRows, long word, int newPresent) {
    if ((newRows & 63) != 0) {
      words[newRows >>> 6] = word;
    }
    rows = newRows;
    present += newPresent;
  }

  private void addPresent(int count) {
    int end = rows + count;
    for (int at = rows; at < end; ) {
      int next = Math.min(end, (at | 63) + 1);
      words[at >>> 6] |= -1L >>> (64 - (next - at)) << at;
      at = next;
    }
    rows = end;
    present += count;
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
