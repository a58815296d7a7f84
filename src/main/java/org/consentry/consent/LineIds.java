package org.consentry.consent;

import java.util.Arrays;
import java.util.function.IntConsumer;
import org.consentry.data.LongSet;

/**
 * Finds lines by their ids when all lines are known, without a table of all ids: a filter of two to
 * four bytes a line shows which ids may be there twice, and only those are looked at again.
 */
final class LineIds {

  private static final long MIX = 0x9E3779B97F4A7C15L;
  private static final int BITS_A_LINE = 16;

  private final LineStore store;

  LineIds(LineStore store) {
    this.store = store;
  }

  /** Calls back for each line whose id an earlier line has. */
  interface Duplicates {
    void of(int line, int first);
  }

  /** Finds the lines, in order, whose id an earlier line has, and the first line that has it. */
  void duplicates(Duplicates found) {
    long[] ids = seenTwice().sorted();
    if (ids.length == 0) {
      return;
    }
    int[] first = new int[ids.length];
    Arrays.fill(first, LineStore.NONE);
    each(
        ids,
        (line, place) -> {
          if (first[place] == LineStore.NONE) {
            first[place] = line;
          } else {
            found.of(line, first[place]);
          }
        });
  }

  /** Calls back for the first line under each of some ids. */
  void first(LongSet wanted, IntConsumer found) {
    long[] ids = wanted.sorted();
    boolean[] isFound = new boolean[ids.length];
    each(
        ids,
        (line, place) -> {
          if (!isFound[place]) {
            isFound[place] = true;
            found.accept(line);
          }
        });
  }

  private interface Found {
    void at(int line, int place);
  }

  /** All lines, in order, whose id is one of some in ascending order. */
  private void each(long[] ids, Found found) {
    LongSet quick = new LongSet();
    for (long id : ids) {
      quick.add(id);
    }
    for (int line = 0; line < store.size(); line++) {
      long id = store.id(line);
      if (quick.contains(id)) {
        found.at(line, Arrays.binarySearch(ids, id));
      }
    }
  }

  /** Ids whose bit of the filter was set when they came: all that came twice, and some others. */
  private LongSet seenTwice() {
    int bits =
        Math.min(37, Long.SIZE - Long.numberOfLeadingZeros((long) store.size() * BITS_A_LINE + 64));
    long[] filter = new long[1 << (bits - 6)];
    LongSet twice = new LongSet();
    for (int line = 0; line < store.size(); line++) {
      long bit = (store.id(line) * MIX) >>> (Long.SIZE - bits);
      int word = (int) (bit >>> 6);
      long mask = 1L << bit;
      if ((filter[word] & mask) != 0) {
        twice.add(store.id(line));
      }
      filter[word] |= mask;
    }
    return twice;
  }
}
