package org.consentry.export;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.consentry.export.extract.KnownTuples;
import org.consentry.risk.KnownEvents;
import org.consentry.risk.SubjectDigests;

/**
 * How many released subjects may be a subject when a missing value may be any: those whose identity
 * columns of the table of persons have the same value or none, here or there. Rows of other tables
 * are compared as they are.
 *
 * <p>Subjects are compared by which of their columns are missing: those who miss some with those
 * who miss others, in the columns that neither misses. Memory is that of the strict groups.
 */
final class LenientGroups {

  /** So many subjects are compared, counted again for each pair of sets of missing columns. */
  private static final long MOST = 1_000_000_000;

  /** Spreads 64 bits over 128. */
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final int people;
  private final BitSet released;
  private final RiskMeasure.Known known;

  /** By subject, a bit for each missing column. */
  private final int[] missing;

  private int widest;

  LenientGroups(int people, BitSet released, RiskMeasure.Known known) {
    this.people = people;
    this.released = released;
    this.known = known;
    this.missing = new int[people];
    known.forEach((table, tuples) -> KnownTuples.read(tuples, this::addMissing));
  }

  private void addMissing(int subject, long[] all, int from, int to) {
    widest = Math.max(widest, to - from);
    for (int at = from; at < to; at++) {
      if (all[at] == KnownTuples.MISSING) {
        missing[subject] |= 1 << (at - from);
      }
    }
  }

  /**
   * By subject, how many it may be, itself included; 0 for those not released. Empty when there are
   * so many columns or sets of missing ones that it would take hours.
   *
   * @param identity the number of each released subject's group when a missing value is its own
   */
  Optional<int[]> sizes(int[] identity) {
    SortedSet<Integer> found = new TreeSet<>();
    released.stream().forEach(subject -> found.add(missing[subject]));
    if (widest > Integer.SIZE) {
      return Optional.empty();
    }
    if (found.equals(Set.of(0))) {
      return Optional.of(new KnownEvents(0, 1).smallestGroups(identity, new long[0][]));
    }
    List<Integer> sets = new ArrayList<>(found);
    long comparisons = (long) sets.size() * (sets.size() + 1) / 2;
    if (comparisons * people > MOST) {
      return Optional.empty();
    }
    int[] sizes = new int[people];
    for (int i = 0; i < sets.size(); i++) {
      for (int j = i; j < sets.size(); j++) {
        compare(sets.get(i), sets.get(j), sizes);
      }
    }
    return Optional.of(sizes);
  }

  private void compare(int one, int other, int[] sizes) {
    BitSet both = new BitSet();
    released.stream()
        .filter(subject -> missing[subject] == one || missing[subject] == other)
        .forEach(both::set);
    int[] groups = groups(both, one | other);
    int count = Arrays.stream(groups).max().orElse(-1) + 1;
    int[] ofOne = new int[count];
    int[] ofOther = new int[count];
    both.stream()
        .forEach(subject -> (missing[subject] == one ? ofOne : ofOther)[groups[subject]]++);
    both.stream()
        .forEach(
            subject ->
                sizes[subject] +=
                    (missing[subject] == one && one != other ? ofOther : ofOne)[groups[subject]]);
  }

  /** The groups of some subjects without the columns that are missing. */
  private int[] groups(BitSet subjects, int without) {
    SubjectDigests digests = new SubjectDigests(people);
    known.forEach(
        (table, tuples) -> {
          if (table.isSubjects()) {
            KnownTuples.read(
                tuples,
                (subject, all, from, to) -> {
                  for (int at = from; at < to; at++) {
                    if ((without >> (at - from) & 1) == 0) {
                      digests.add(subject, all[at] * GOLDEN, all[at]);
                    }
                  }
                });
          } else {
            KnownTuples.read(tuples, digests::add, (subject, event) -> {});
          }
        });
    return digests.groups(subjects);
  }
}
