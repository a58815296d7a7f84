package org.consentry.operator;

import java.util.Arrays;
import org.consentry.data.BytesColumn;
import org.consentry.operator.TransformInput.Values;
import org.consentry.operator.text.ByteHash;

/**
 * Remembers which tuples of a batch were seen, by the position of their first row: a {@link Memo}
 * for several inputs. It only saves work, so it may forget: it gives up when the first few thousand
 * tuples are nearly all distinct, and stops learning when it is full. Used once, by one thread.
 */
final class TupleMemo {

  private static final int MOST = 1 << 14;
  private static final int UNSEEN = -1;

  private final Values[] inputs;
  private final int[] rows;
  private final int[] subjects;
  private final int[] table;
  private int asked;
  private int distinct;
  private boolean gaveUp;

  TupleMemo(TransformInput input, PerTuple.Memory memory) {
    this.inputs = input.inputs().toArray(new Values[0]);
    this.rows = input.rows();
    this.subjects = input.subjects();
    this.gaveUp = memory == PerTuple.Memory.NO_MEMORY;
    this.table =
        new int[gaveUp ? 0 : Integer.highestOneBit(Math.max(8, Math.min(input.count(), MOST))) * 4];
  }

  /** The position of an earlier row with the same tuple, or -1 when none is known. */
  int earlier(int position) {
    if (gaveUp) {
      return UNSEEN;
    }
    if (++asked == Memo.TRIAL && distinct > Memo.TRIAL - Memo.TRIAL / 8) {
      gaveUp = true;
    }
    int mask = table.length - 1;
    int slot = hash(position) & mask;
    while (table[slot] != 0) {
      int candidate = table[slot] - 1;
      if (same(candidate, position)) {
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

  private int hash(int position) {
    int hash = 0;
    for (Values values : inputs) {
      hash = hash * 31 + (values instanceof Values.Cells cells ? hash(cells, position) : 0);
      hash += values instanceof Values.Days days ? day(days, position) : 0;
    }
    hash ^= hash >>> 15;
    hash *= 0x2C1B3C6D;
    return hash ^ (hash >>> 13);
  }

  private int hash(Values.Cells cells, int position) {
    int row = rows[position];
    BytesColumn column = cells.column();
    return column.isMissing(row)
        ? 0
        : ByteHash.of(column.buffer(), column.starts()[row], column.ends()[row]);
  }

  private int day(Values.Days days, int position) {
    return days.days()[subjects[position]];
  }

  private boolean same(int one, int other) {
    for (Values values : inputs) {
      boolean equal =
          values instanceof Values.Cells cells
              ? same(cells.column(), rows[one], rows[other])
              : day((Values.Days) values, one) == day((Values.Days) values, other);
      if (!equal) {
        return false;
      }
    }
    return true;
  }

  private static boolean same(BytesColumn column, int one, int other) {
    if (column.isMissing(one) || column.isMissing(other)) {
      return column.isMissing(one) && column.isMissing(other);
    }
    byte[] buffer = column.buffer();
    return Arrays.equals(
        buffer,
        column.starts()[one],
        column.ends()[one],
        buffer,
        column.starts()[other],
        column.ends()[other]);
  }
}
