package org.consentry.export.scan;

import java.util.Arrays;

/** A few numbers, each once, in the order they came. */
final class FewNumbers {

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
