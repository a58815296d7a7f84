package org.consentry.risk;

import java.util.Arrays;

/**
 * The groups of subjects when an adversary also knows of up to two events of a subject. For each
 * subject, the smallest group over all choices of its events: those with the same identity who have
 * these events as well, equal ones as often (k^m-anonymity: Terrovitis, Mamoulis and Kalnis, 2008).
 *
 * <p>Events are numbers; equal events have equal numbers. Exact for no, one and two known events,
 * unless a subject has more different events than are looked at. Memory grows with the events, not
 * with the choices. Not thread-safe.
 */
public final class KnownEvents {

  private final int known;
  private final int most;
  private int bounded;

  /**
   * An adversary.
   *
   * @param known how many events of a subject are known at most: 0, 1 or 2
   * @param most how many different events of one subject are paired; of a subject that has more,
   *     those that fewest subjects of its identity have
   * @throws IllegalArgumentException for other numbers
   */
  public KnownEvents(int known, int most) {
    if (known < 0 || known > 2 || most < 1) {
      throw new IllegalArgumentException("no, one or two events are known");
    }
    this.known = known;
    this.most = most;
  }

  /** Of how many subjects not all pairs of events were looked at. */
  public int bounded() {
    return bounded;
  }

  /**
   * The size of the smallest group of each subject.
   *
   * @param identity the number of each subject's identity group, from 0 on; below 0 for subjects in
   *     none
   * @param events the events of each subject, in any order
   * @return at least 1; 0 for subjects in no identity group
   */
  public int[] smallestGroups(int[] identity, long[][] events) {
    bounded = 0;
    int[] sizes = sizes(identity);
    int[] smallest = new int[identity.length];
    if (known == 0) {
      for (int subject = 0; subject < identity.length; subject++) {
        smallest[subject] = identity[subject] < 0 ? 0 : sizes[identity[subject]];
      }
      return smallest;
    }
    int[] members = new int[identity.length];
    int[] ends = new int[sizes.length];
    int start = 0;
    for (int group = 0; group < sizes.length; group++) {
      ends[group] = start;
      start += sizes[group];
    }
    for (int subject = 0; subject < identity.length; subject++) {
      if (identity[subject] >= 0) {
        members[ends[identity[subject]]++] = subject;
      }
    }
    for (int group = 0; group < sizes.length; group++) {
      lower(Arrays.copyOfRange(members, ends[group] - sizes[group], ends[group]), events, smallest);
    }
    return smallest;
  }

  private void lower(int[] members, long[][] events, int[] smallest) {
    if (members.length < 2) {
      Arrays.stream(members).forEach(subject -> smallest[subject] = 1);
      return;
    }
    long[][] ofMembers =
        Arrays.stream(members).mapToObj(subject -> events[subject]).toArray(long[][]::new);
    int[] found = new SameIdentity(ofMembers).smallest();
    for (int i = 0; i < members.length; i++) {
      smallest[members[i]] = found[i];
    }
  }

  private static int[] sizes(int[] identity) {
    int most = -1;
    for (int group : identity) {
      most = Math.max(most, group);
    }
    int[] sizes = new int[most + 1];
    for (int group : identity) {
      if (group >= 0) {
        sizes[group]++;
      }
    }
    return sizes;
  }

  /** The subjects of one identity. Their events are numbered from 0 on, in their order. */
  private final class SameIdentity {
    private final int subjects;

    /** The different events of each subject, ascending. */
    private final int[][] once;

    /** Those of them that the subject has twice at least. */
    private final int[][] twice;

    /** The subjects who have each event, and how many have it twice at least. */
    private final int[][] having;

    private final int[] havingTwice;

    SameIdentity(long[][] events) {
      subjects = events.length;
      long[] words =
          Arrays.stream(events).flatMapToLong(Arrays::stream).sorted().distinct().toArray();
      once = new int[subjects][];
      twice = new int[subjects][];
      int[] counts = new int[words.length];
      havingTwice = new int[words.length];
      for (int subject = 0; subject < subjects; subject++) {
        int[] sorted =
            Arrays.stream(events[subject])
                .mapToInt(event -> Arrays.binarySearch(words, event))
                .sorted()
                .toArray();
        once[subject] = Arrays.stream(sorted).distinct().toArray();
        twice[subject] = repeated(sorted);
        Arrays.stream(once[subject]).forEach(event -> counts[event]++);
        Arrays.stream(twice[subject]).forEach(event -> havingTwice[event]++);
      }
      having = Arrays.stream(counts).mapToObj(int[]::new).toArray(int[][]::new);
      for (int subject = subjects - 1; subject >= 0; subject--) {
        for (int event : once[subject]) {
          having[event][--counts[event]] = subject;
        }
      }
    }

    private static int[] repeated(int[] sorted) {
      int[] repeated = new int[sorted.length];
      int found = 0;
      for (int i = 1; i < sorted.length; i++) {
        if (sorted[i] == sorted[i - 1]) {
          repeated[found++] = sorted[i];
        }
      }
      return Arrays.stream(repeated, 0, found).distinct().toArray();
    }

    int[] smallest() {
      int[] smallest = new int[subjects];
      for (int subject = 0; subject < subjects; subject++) {
        smallest[subject] = known == 0 ? subjects : smallestOfOne(subject);
      }
      if (known == 2) {
        lowerByPairs(smallest);
      }
      return smallest;
    }

    /** The fewest subjects who have one of the subject's events, or one as often as twice. */
    private int smallestOfOne(int subject) {
      int smallest = subjects;
      for (int event : once[subject]) {
        smallest = Math.min(smallest, having[event].length);
      }
      if (known == 2) {
        for (int event : twice[subject]) {
          smallest = Math.min(smallest, havingTwice[event]);
        }
      }
      return smallest;
    }

    /**
     * Looks at the pairs of different events. How many subjects have both is counted once for all
     * subjects who have the first, so that the time does not grow with the square of a group.
     */
    private void lowerByPairs(int[] smallest) {
      int[][] paired = new int[subjects][];
      Arrays.setAll(paired, subject -> rarest(once[subject]));
      int[] together = new int[having.length];
      for (int first = 0; first < having.length; first++) {
        int event = first;
        int[] open =
            Arrays.stream(having[event])
                .filter(subject -> smallest[subject] > 1)
                .filter(subject -> Arrays.binarySearch(paired[subject], event) >= 0)
                .toArray();
        if (open.length > 0) {
          count(event, together, 1);
          for (int subject : open) {
            for (int other : paired[subject]) {
              // With itself an event counts as all who have it, which was looked at before.
              smallest[subject] = Math.min(smallest[subject], together[other]);
            }
          }
          count(event, together, -1);
        }
      }
    }

    /** Adds to each event how many subjects have it and this one. */
    private void count(int event, int[] together, int sign) {
      for (int subject : having[event]) {
        for (int other : once[subject]) {
          together[other] += sign;
        }
      }
    }

    /** The events that are paired, ascending. */
    private int[] rarest(int[] events) {
      if (events.length <= most) {
        return events;
      }
      bounded++;
      return Arrays.stream(events)
          .mapToLong(event -> (long) having[event].length << Integer.SIZE | event)
          .sorted()
          .limit(most)
          .mapToInt(entry -> (int) entry)
          .sorted()
          .toArray();
    }
  }
}
