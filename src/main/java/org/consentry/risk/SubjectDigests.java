package org.consentry.risk;

/**
 * What an adversary may know of each subject, as 128 bits a subject: the sum of the keyed digests
 * of the subject's released tuples in all tables. The sum does not depend on the order of rows, and
 * equal tuples count as often as they occur. Two subjects are in one group when their sums are
 * equal; with a secret key, and as long as fewer than 2^50 subjects are compared, different tuples
 * have equal sums with a probability below 2^-27.
 *
 * <p>16 bytes a subject, and up to 16 more while groups are counted. Not thread-safe.
 */
public final class SubjectDigests {

  private final long[] high;
  private final long[] low;

  /** Nothing is known of any of so many subjects. */
  public SubjectDigests(int subjects) {
    high = new long[subjects];
    low = new long[subjects];
  }

  /**
   * Adds one released tuple.
   *
   * @param subject number of the subject
   * @param digestHigh upper half of the keyed digest of table, columns and values
   * @param digestLow lower half
   */
  public void add(int subject, long digestHigh, long digestLow) {
    low[subject] += digestLow;
    boolean carry = Long.compareUnsigned(low[subject], digestLow) < 0;
    high[subject] += digestHigh + (carry ? 1 : 0);
  }

  /**
   * The number of each subject's group, from 0 on in the order of their first subjects.
   *
   * @param released whether a subject is in the release; the others are in no group, -1
   */
  public int[] groups(java.util.BitSet released) {
    int subjects = high.length;
    int[] group = new int[subjects];
    int capacity = Integer.highestOneBit(Math.max(1, released.cardinality())) << 2;
    int[] slots = new int[Math.max(capacity, 4)];
    int mask = slots.length - 1;
    int groups = 0;
    for (int subject = 0; subject < subjects; subject++) {
      if (!released.get(subject)) {
        group[subject] = -1;
        continue;
      }
      int slot = (int) (high[subject] ^ low[subject] >>> 7) & mask;
      while (slots[slot] != 0 && !areEqual(slots[slot] - 1, subject)) {
        slot = slot + 1 & mask;
      }
      if (slots[slot] == 0) {
        slots[slot] = subject + 1;
        group[subject] = groups++;
      } else {
        group[subject] = group[slots[slot] - 1];
      }
    }
    return group;
  }

  private boolean areEqual(int one, int other) {
    return high[one] == high[other] && low[one] == low[other];
  }

  /** The sizes of groups, by the number of each subject's group; -1 is no group. */
  public static long[] sizes(int[] groups) {
    int most = -1;
    for (int group : groups) {
      most = Math.max(most, group);
    }
    long[] sizes = new long[most + 1];
    for (int group : groups) {
      if (group >= 0) {
        sizes[group]++;
      }
    }
    return sizes;
  }
}
