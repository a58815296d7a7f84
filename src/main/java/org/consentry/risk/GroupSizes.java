package org.consentry.risk;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many groups there are of each size. A group is all subjects of whom an adversary knows the
 * same; a missing value is a value of its own (strict).
 *
 * <p>The risks are those of a prosecutor, who knows that the subject is in the data: one divided by
 * the size of the subject's group (El Emam, Guide to the De-Identification of Personal Health
 * Information, 2013).
 */
public final class GroupSizes {

  private final long[] sizes;
  private final long[] groups;
  private final long subjects;
  private final long count;

  private GroupSizes(SortedMap<Long, Long> groupsOfSize) {
    sizes = groupsOfSize.keySet().stream().mapToLong(Long::longValue).toArray();
    groups = groupsOfSize.values().stream().mapToLong(Long::longValue).toArray();
    long people = 0;
    for (int i = 0; i < sizes.length; i++) {
      people = Math.addExact(people, Math.multiplyExact(sizes[i], groups[i]));
    }
    subjects = people;
    count = Arrays.stream(groups).sum();
  }

  /**
   * The groups of the given sizes.
   *
   * @param sizesOfGroups one for each group; groups of size 0 are none
   * @throws IllegalArgumentException for a size below 0
   */
  public static GroupSizes of(long... sizesOfGroups) {
    SortedMap<Long, Long> counted = new TreeMap<>();
    for (long size : sizesOfGroups) {
      if (size < 0) {
        throw new IllegalArgumentException("a group has at least no subject");
      }
      if (size > 0) {
        counted.merge(size, 1L, Long::sum);
      }
    }
    return new GroupSizes(counted);
  }

  /** The number of subjects, n. */
  public long subjects() {
    return subjects;
  }

  /** The number of groups, u. */
  public long groups() {
    return count;
  }

  /** The size of the smallest group, the k of k-anonymity; 0 when there is no subject. */
  public long smallest() {
    return sizes.length == 0 ? 0 : sizes[0];
  }

  /** The size of the largest group; 0 when there is no subject. */
  public long largest() {
    return sizes.length == 0 ? 0 : sizes[sizes.length - 1];
  }

  /** How many groups have this size. */
  public long groupsOf(long size) {
    int at = Arrays.binarySearch(sizes, size);
    return at < 0 ? 0 : groups[at];
  }

  /** Subjects who are alone in their group, c1. */
  public long uniques() {
    return groupsOf(1);
  }

  /** Subjects in groups smaller than k. */
  public long subjectsBelow(long k) {
    long below = 0;
    for (int i = 0; i < sizes.length && sizes[i] < k; i++) {
      below += sizes[i] * groups[i];
    }
    return below;
  }

  /** The risk of the subjects in the smallest group; 0 when there is no subject. */
  public double highestRisk() {
    return subjects == 0 ? 0 : 1.0 / smallest();
  }

  /** The mean risk of all subjects, u/n; 0 when there is no subject. */
  public double averageRisk() {
    return subjects == 0 ? 0 : (double) count / subjects;
  }

  /** The share of subjects whose risk is above a threshold from 0 to 1; 0 without subjects. */
  public double shareAbove(double threshold) {
    long above = 0;
    for (int i = 0; i < sizes.length; i++) {
      if (1.0 / sizes[i] > threshold) {
        above += sizes[i] * groups[i];
      }
    }
    return subjects == 0 ? 0 : (double) above / subjects;
  }

  /** How many different sizes there are; they are numbered in ascending order. */
  int kinds() {
    return sizes.length;
  }

  /** One of the sizes. */
  long size(int kind) {
    return sizes[kind];
  }

  /** The number of groups of one of the sizes. */
  long count(int kind) {
    return groups[kind];
  }

  /** Two are equal when they have equally many groups of each size. */
  @Override
  public boolean equals(Object other) {
    return other instanceof GroupSizes that
        && Arrays.equals(sizes, that.sizes)
        && Arrays.equals(groups, that.groups);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(sizes) + Arrays.hashCode(groups);
  }

  @Override
  public String toString() {
    return subjects + " subjects in " + count + " groups, the smallest of " + smallest();
  }
}
