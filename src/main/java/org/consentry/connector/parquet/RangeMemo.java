package org.consentry.connector.parquet;

import java.util.Arrays;

/**
 * Remembers the ids of recent ranges of one batch's buffer, so that rows which share a range share
 * the look at its bytes. Where ranges do not come again it soon stops looking. What it answers
 * never differs from what the dictionary would answer. Not thread-safe.
 */
final class RangeMemo {

  private static final int BITS = 9;
  private static final int FIRST_CREDIT = 1 << 10;
  private static final int MOST_CREDIT = 1 << 14;
  private static final int HIT = 4;

  /** Start, end, id and nothing: four numbers a slot. */
  private final int[] slots = new int[4 << BITS];

  /** Goes up with a hit and down with a miss; below zero the memo rests until the next batch. */
  private int credit;

  RangeMemo() {
    clear();
  }

  /** Forgets everything: the buffer may have other bytes now. */
  void clear() {
    Arrays.fill(slots, -1);
    credit = FIRST_CREDIT;
  }

  /** The id of a range's bytes in the dictionary; -1 when that has no room for them. */
  int id(byte[] buffer, int start, int end, BytesDictionary dictionary) {
    if (credit < 0) {
      return dictionary.id(buffer, start, end);
    }
    int slot = (start * 0x9E37_79B1) >>> (32 - BITS) << 2;
    if (slots[slot] == start && slots[slot + 1] == end) {
      credit = Math.min(credit + HIT, MOST_CREDIT);
      return slots[slot + 2];
    }
    credit--;
    int id = dictionary.id(buffer, start, end);
    slots[slot] = start;
    slots[slot + 1] = end;
    slots[slot + 2] = id;
    return id;
  }
}
