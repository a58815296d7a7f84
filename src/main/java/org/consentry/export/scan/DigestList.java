package org.consentry.export.scan;

import java.nio.LongBuffer;
import java.util.Arrays;

/**
 * Digests that are added one by one, most of which are new: they are sorted when the room is used
 * up, which takes less time than to look for each. Not thread-safe.
 */
final class DigestList {

  /** As many take eight mebibytes, each once or not. */
  private static final int SORTED_FROM = 1 << 20;

  private long[] digests = new long[1 << 10];
  private int size;

  void add(long digest) {
    if (size == digests.length) {
      if (size >= SORTED_FROM) {
        sort();
      }
      if (size > digests.length / 2) {
        digests = Arrays.copyOf(digests, Math.multiplyExact(2, digests.length));
      }
    }
    digests[size++] = digest;
  }

  private void sort() {
    Arrays.sort(digests, 0, size);
    int n = 0;
    for (int i = 0; i < size; i++) {
      if (n == 0 || digests[n - 1] != digests[i]) {
        digests[n++] = digests[i];
      }
    }
    size = n;
  }

  /** Those added so far, in ascending order, each once. */
  LongBuffer sorted() {
    sort();
    return LongBuffer.wrap(Arrays.copyOf(digests, size));
  }
}
