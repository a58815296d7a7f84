package org.consentry.risk;

import java.util.Arrays;
import java.util.BitSet;

/**
 * What an adversary may know of each subject, as 128 bits a subject: the sum of the keyed digests
 * of the subject's released tuples in all tables. The sum does not depend on the order of rows, and
 * equal tuples count as often as they occur. Two subjects are in one group when their sums are
 * equal; with a secret key, and as long as fewer than 2^50 subjects are compared, different tuples
 * have equal sums with a probability below 2^-27.
 *
 * <p>16 bytes a subject, and 4 more while groups are counted: the digests are looked at part by
 * part, each with a table of its own. Not thread-safe.
 */
public final class SubjectDigests {

  /** So many subjects are a part, at most twice as many. */
  private static final int PART = 1 << 20;

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
   * The number of each subject's group, from 0 on.
   *
   * @param released whether a subject is in the release; the others are in no group, -1
   */
  public int[] groups(BitSet released) {
    int[] group = new int[high.length];
    Arrays.fill(group, -1);
    int parts = Integer.highestOneBit(1 + released.cardinality() / PART);
    int groups = 0;
    for (int part = 0; part < parts; part++) {
      groups = groups(released, part, parts, group, groups);
    }
    return group;
  }

  /**
   * Numbers the groups of one part of all digests: a table of a part is small.
   *
   * @param parts a power of two
   * @param next the number of the next group
   * @return the number of the next group then
   */
  private int groups(BitSet released, int part, int parts, int[] group, int next) {
    int[] firsts = new int[1 << 10];
    int count = 0;
    int number = next;
    for (int subject = released.nextSetBit(0);
        subject >= 0;
        subject = released.nextSetBit(subject + 1)) {
      if ((high[subject] >>> Integer.SIZE & parts - 1) != part) {
        continue;
      }
      int slot = slot(firsts, subject);
      if (firsts[slot] == 0) {
        firsts[slot] = subject + 1;
        group[subject] = number++;
        if (2 * ++count > firsts.length) {
          firsts = larger(firsts);
        }
      } else {
        group[subject] = group[firsts[slot] - 1];
      }
    }
    return number;
  }

  /** Where the first subject of a group is, or would be. */
  private int slot(int[] firsts, int subject) {
    int mask = firsts.length - 1;
    int slot = (int) (high[subject] ^ low[subject] >>> 7) & mask;
    while (firsts[slot] != 0 && !areEqual(firsts[slot] - 1, subject)) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private int[] larger(int[] firsts) {
    int[] larger = new int[2 * firsts.length];
    for (int first : firsts) {
      if (first != 0) {
        larger[slot(larger, first - 1)] = first;
      }
    }
    return larger;
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
