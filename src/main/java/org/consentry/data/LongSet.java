package org.consentry.data;

import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * A set of 64-bit numbers in one flat array, about 16 bytes a number. Filled by one thread; once
 * safely published it may be read by any number of threads.
 */
public final class LongSet {

  private long[] slots = new long[1 << 10];
  private int size;
  private boolean hasZero;

  /** Adds a number; false when it was there. */
  public boolean add(long number) {
    boolean isNew = !contains(number);
    if (number == 0) {
      hasZero = true;
    } else if (isNew) {
      slots[slotOf(number)] = number;
      size++;
      if (size * 3L > slots.length * 2L) {
        grow();
      }
    }
    return isNew;
  }

  /** The numbers in ascending order. */
  public long[] sorted() {
    LongStream others = Arrays.stream(slots).filter(number -> number != 0);
    return (hasZero ? LongStream.concat(LongStream.of(0), others) : others).sorted().toArray();
  }

  /** How many different numbers were added. */
  public long size() {
    return (long) size + (hasZero ? 1 : 0);
  }

  /** Whether the number was added. */
  public boolean contains(long number) {
    return number == 0 ? hasZero : slots[slotOf(number)] == number;
  }

  private int slotOf(long number) {
    int mask = slots.length - 1;
    long mixed = number * 0x9E3779B97F4A7C15L;
    int slot = (int) (mixed >>> 32) & mask;
    while (slots[slot] != 0 && slots[slot] != number) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] old = slots;
    slots = new long[old.length * 2];
    Arrays.stream(old)
        .filter(number -> number != 0)
        .forEach(number -> slots[slotOf(number)] = number);
  }
}
