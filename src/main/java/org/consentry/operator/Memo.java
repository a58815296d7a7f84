package org.consentry.operator;

import java.util.Arrays;
import org.consentry.data.BytesColumn;
import org.consentry.operator.text.ByteHash;

/**
 * Remembers which values of a batch were seen, by the position of their first row. Open addressing
 * over the column's own bytes: nothing is copied. It only saves work, so it may forget: it gives up
 * when the first few thousand values are nearly all distinct, and stops learning when it is full.
 * Used once, by one thread.
 */
final class Memo {

  /** After so many values the memo decides whether it is worth its price. */
  static final int TRIAL = 4_096;

  private static final int MOST = 1 << 14;
  private static final int UNSEEN = -1;

  private final BytesColumn source;
  private final int[] rows;
  private final int[] table;
  private int asked;
  private int distinct;
  private boolean gaveUp;

  Memo(BytesColumn source, int[] rows, int count) {
    this.source = source;
    this.rows = rows;
    this.table = new int[Integer.highestOneBit(Math.max(8, Math.min(count, MOST))) * 4];
  }

  /**
   * The position of an earlier row with the same value as the row at this position, or -1 when
   * there is none or it was forgotten. The value must not be missing.
   */
  int earlier(int position) {
    if (gaveUp) {
      return UNSEEN;
    }
    if (++asked == TRIAL && distinct > TRIAL - TRIAL / 8) {
      gaveUp = true;
    }
    int row = rows[position];
    int start = source.starts()[row];
    int end = source.ends()[row];
    int mask = table.length - 1;
    int slot = ByteHash.of(source.buffer(), start, end) & mask;
    while (table[slot] != 0) {
      int candidate = table[slot] - 1;
      if (same(rows[candidate], start, end)) {
        return candidate;
      }
      slot = (slot + 1) & mask;
    }
    if (distinct < MOST) {
      table[slot] = position + 1;
      distinct++;
    }
    return UNSEEN;
  }

  private boolean same(int row, int start, int end) {
    byte[] buffer = source.buffer();
    int from = source.starts()[row];
    return Arrays.equals(buffer, from, source.ends()[row], buffer, start, end);
  }
}
