package org.consentry.operator.rules;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * From the number of a code to the sets that hold it, as bits: disjoint intervals and a binary
 * search. Immutable; safe for any number of threads.
 */
final class CodeTable {

  /**
   * Codes that belong to a set.
   *
   * @param range the codes
   * @param bits the set
   */
  record Entry(CodeRange range, long bits) {}

  private final long[] starts;
  private final long[] bits;

  CodeTable(List<Entry> entries) {
    TreeSet<Long> bounds = new TreeSet<>();
    bounds.add(0L);
    for (Entry entry : entries) {
      bounds.add(entry.range().low());
      bounds.add(entry.range().high() + 1);
    }
    this.starts = bounds.stream().mapToLong(Long::longValue).toArray();
    this.bits = new long[starts.length];
    for (Entry entry : entries) {
      int from = Arrays.binarySearch(starts, entry.range().low());
      int to = Arrays.binarySearch(starts, entry.range().high() + 1);
      for (int i = from; i < to; i++) {
        bits[i] |= entry.bits();
      }
    }
  }

  /** Bits of the sets that hold a code; 0 when none does. */
  long bits(long code) {
    int at = Arrays.binarySearch(starts, code);
    return bits[at < 0 ? -at - 2 : at];
  }

  /** Every combination of sets that some code may have, without those of no set. */
  long[] combinations() {
    return Arrays.stream(bits).filter(each -> each != 0).distinct().sorted().toArray();
  }
}
