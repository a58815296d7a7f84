package org.consentry.export.scan;

import java.nio.LongBuffer;
import java.util.Arrays;

/**
 * Digests that are added one by one, most of which are new: they are sorted when the room is used
 * up, which takes less time than to look for each. Not thread-safe.
 *
 * <p>Digests are evenly spread, so they are dealt out by their first bits into piles of a few,
 * which are sorted one by one. {@code DigestListTest} compares the answers with those of a sorted
 * set, evenly spread or not.
 */
final class DigestList {

  /** As many take eight mebibytes, each once or not. */
  private static final int SORTED_FROM = 1 << 20;

  /** Fewer are sorted as they are. */
  private static final int DEALT_OUT_FROM = 1 << 10;

  private static final int MOST_BITS = 16;
  private static final int USUAL_PILE = 16;

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

  /** Forgets all digests, and has the room that they took. */
  void clear() {
    size = 0;
  }

  private void sort() {
    if (size < DEALT_OUT_FROM) {
      Arrays.sort(digests, 0, size);
    } else {
      dealOut();
    }
    int n = 0;
    for (int i = 0; i < size; i++) {
      if (n == 0 || digests[n - 1] != digests[i]) {
        digests[n++] = digests[i];
      }
    }
    size = n;
  }

  /** One loop a method: each is compiled while it runs, with what follows it. */
  private void dealOut() {
    long first = least();
    long span = greatest() - first;
    int shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(span) - bits());
    int[] ends = starts(first, shift, (int) (span >>> shift) + 2);
    long[] sorted = new long[digests.length];
    dealOut(first, shift, ends, sorted);
    digests = sorted;
    sortPiles(ends);
  }

  private long least() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < size; i++) {
      least = Math.min(least, digests[i]);
    }
    return least;
  }

  private long greatest() {
    long greatest = Long.MIN_VALUE;
    for (int i = 0; i < size; i++) {
      greatest = Math.max(greatest, digests[i]);
    }
    return greatest;
  }

  private int[] starts(long first, int shift, int piles) {
    int[] starts = new int[piles];
    for (int i = 0; i < size; i++) {
      starts[(int) ((digests[i] - first) >>> shift) + 1]++;
    }
    for (int i = 1; i < piles; i++) {
      starts[i] += starts[i - 1];
    }
    return starts;
  }

  /** Makes ends of starts. */
  private void dealOut(long first, int shift, int[] starts, long[] into) {
    for (int i = 0; i < size; i++) {
      into[starts[(int) ((digests[i] - first) >>> shift)]++] = digests[i];
    }
  }

  private void sortPiles(int[] ends) {
    int from = 0;
    for (int to : ends) {
      if (to - from > 1) {
        Arrays.sort(digests, from, to);
      }
      from = to;
    }
  }

  private int bits() {
    int piles = Math.max(2, size / USUAL_PILE);
    return Math.min(MOST_BITS, Integer.SIZE - Integer.numberOfLeadingZeros(piles - 1));
  }

  /** As {@link #sorted}, valid until the next change. */
  LongBuffer view() {
    sort();
    return LongBuffer.wrap(digests, 0, size).slice();
  }

  /** Those added so far, in ascending order, each once. */
  LongBuffer sorted() {
    sort();
    return LongBuffer.wrap(Arrays.copyOf(digests, size));
  }
}
