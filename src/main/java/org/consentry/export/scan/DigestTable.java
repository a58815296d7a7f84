package org.consentry.export.scan;

import java.util.Arrays;

/** A growing set of digests: open addressing, at most two thirds full. Not thread-safe. */
final class DigestTable {

  private long[] slots = new long[1 << 10];
  private boolean hasZero;
  private int size;

  /** Adds a digest; false when it was there. */
  boolean add(long digest) {
    if (digest == 0) {
      boolean fresh = !hasZero;
      hasZero = true;
      return fresh;
    }
    int mask = slots.length - 1;
    int at = slot(digest, mask);
    while (slots[at] != 0) {
      if (slots[at] == digest) {
        return false;
      }
      at = (at + 1) & mask;
    }
    slots[at] = digest;
    size++;
    if (size > slots.length / 3 * 2) {
      grow();
    }
    return true;
  }

  int size() {
    return size + (hasZero ? 1 : 0);
  }

  private static int slot(long digest, int mask) {
    return (int) (digest >>> 32) & mask;
  }

  private void grow() {
    long[] old = slots;
    slots = new long[Math.multiplyExact(old.length, 2)];
    size = 0;
    for (long digest : old) {
      if (digest != 0) {
        add(digest);
      }
    }
  }

  /** The digests in ascending order. */
  long[] sorted() {
    long[] all = new long[size()];
    int n = hasZero ? 1 : 0;
    for (long digest : slots) {
      if (digest != 0) {
        all[n++] = digest;
      }
    }
    Arrays.sort(all);
    return all;
  }

  /** A few numbers, each once, in the order they came. */
  static final class Small {

    private long[] values = new long[8];
    private int size;

    void add(long value) {
      for (int i = 0; i < size; i++) {
        if (values[i] == value) {
          return;
        }
      }
      if (size == values.length) {
        values = Arrays.copyOf(values, 2 * size);
      }
      values[size++] = value;
    }

    int size() {
      return size;
    }

    void clear() {
      size = 0;
    }

    long[] toArray() {
      return Arrays.copyOf(values, size);
    }
  }
}
