package org.consentry.connector.parquet;

import java.util.Arrays;

/**
 * Numbers by the order in which they were first seen in a row group. Open addressing with linear
 * probing; at most half full. Not thread-safe.
 */
final class LongDictionary {

  private static final int SMALLEST = 1 << 10;

  private final int most;
  private long[] values = new long[SMALLEST / 2];
  private int[] table = new int[SMALLEST];
  private int shift = Long.numberOfLeadingZeros(SMALLEST - 1);
  private int count;

  /** Has at most that many values. */
  LongDictionary(int most) {
    this.most = most;
  }

  int count() {
    return count;
  }

  /** The value of an id. */
  long value(int id) {
    return values[id];
  }

  void clear() {
    Arrays.fill(table, 0);
    count = 0;
  }

  /**
   * Finds the ids of values and takes in those not seen before.
   *
   * @return whether there was room for all; if not, the ids mean nothing
   */
  boolean ids(long[] in, int length, int[] ids) {
    for (int i = 0; i < length; i++) {
      long value = in[i];
      int slot = slot(value);
      int id = table[slot] - 1;
      while (id >= 0 && values[id] != value) {
        slot = (slot + 1) & (table.length - 1);
        id = table[slot] - 1;
      }
      if (id < 0) {
        if (count == most) {
          return false;
        }
        id = add(value, slot);
      }
      ids[i] = id;
    }
    return true;
  }

  private int slot(long value) {
    long mixed = (value ^ (value >>> 32)) * 0x9E37_79B9_7F4A_7C15L;
    return (int) (mixed >>> shift);
  }

  private int add(long value, int slot) {
    int id = count++;
    values[id] = value;
    table[slot] = count;
    if (count == values.length) {
      grow();
    }
    return id;
  }

  private void grow() {
    values = Arrays.copyOf(values, 2 * values.length);
    table = new int[2 * table.length];
    shift--;
    for (int id = 0; id < count; id++) {
      int slot = slot(values[id]);
      while (table[slot] != 0) {
        slot = (slot + 1) & (table.length - 1);
      }
      table[slot] = id + 1;
    }
  }
}
