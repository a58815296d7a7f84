package org.consentry.risk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Groups of subjects equal those of a comparison of each with each. */
final class RandomClinicsTest {

  private static final int CLINICS = 10_000;

  /** A clinic of several tables: of each subject a few tuples, and a few events. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Clinic(List<List<Long>> tuples, long[][] events, BitSet released) {

    static Clinic random(Random random) {
      int subjects = 1 + random.nextInt(12);
      int values = 1 + random.nextInt(4);
      List<List<Long>> tuples = new ArrayList<>();
      long[][] events = new long[subjects][];
      BitSet released = new BitSet();
      for (int subject = 0; subject < subjects; subject++) {
        tuples.add(random.longs(random.nextInt(4), 0, values).sorted().boxed().toList());
        events[subject] = random.longs(random.nextInt(6), -values, values).toArray();
        released.set(subject, random.nextInt(8) > 0);
      }
      return new Clinic(tuples, events, released);
    }

    boolean isSame(int one, int other) {
      return released.get(one) && released.get(other) && tuples.get(one).equals(tuples.get(other));
    }

    /** Whether a subject has these events, equal ones as often. */
    boolean has(int subject, List<Long> known) {
      List<Long> left = new ArrayList<>(LongStream.of(events[subject]).boxed().toList());
      return known.stream().allMatch(left::remove);
    }

    long group(int subject, List<Long> known) {
      return IntStream.range(0, events.length)
          .filter(other -> isSame(subject, other) && has(other, known))
          .count();
    }

    /** The smallest group over all choices of at most so many events. */
    long smallest(int subject, int known) {
      long smallest = group(subject, List.of());
      long[] own = events[subject];
      for (int i = 0; known > 0 && i < own.length; i++) {
        smallest = Math.min(smallest, group(subject, List.of(own[i])));
        for (int j = i + 1; known > 1 && j < own.length; j++) {
          smallest = Math.min(smallest, group(subject, List.of(own[i], own[j])));
        }
      }
      return smallest;
    }
  }

  /** Two numbers in the place of a keyed digest of a tuple. */
  private static long mixed(long value, long key) {
    return new Random(value * 31 + key).nextLong();
  }

  @Test
  void groupsAndKnownEventsEqualBruteForce() {
    Random random = new Random(20261128);
    for (int number = 0; number < CLINICS; number++) {
      Clinic clinic = Clinic.random(random);
      int subjects = clinic.events.length;
      SubjectDigests digests = new SubjectDigests(subjects);
      for (int subject = 0; subject < subjects; subject++) {
        for (long tuple : clinic.tuples.get(subject)) {
          digests.add(subject, mixed(tuple, 1), mixed(tuple, 2));
        }
      }

      int[] groups = digests.groups(clinic.released);

      for (int one = 0; one < subjects; one++) {
        assertThat(groups[one] >= 0).isEqualTo(clinic.released.get(one));
        for (int other = 0; other < one; other++) {
          assertThat(groups[one] >= 0 && groups[one] == groups[other])
              .as("clinic %d, subjects %d and %d", number, one, other)
              .isEqualTo(clinic.isSame(one, other));
        }
      }
      for (int known = 0; known <= 2; known++) {
        KnownEvents events = new KnownEvents(known, 6);
        int[] smallest = events.smallestGroups(groups, clinic.events);
        for (int subject = 0; subject < subjects; subject++) {
          assertThat(smallest[subject])
              .as("clinic %d, subject %d, %d known", number, subject, known)
              .isEqualTo(clinic.released.get(subject) ? (int) clinic.smallest(subject, known) : 0);
        }
        assertThat(events.bounded()).isZero();
      }
    }
  }

  @Test
  void aSubjectWithMoreEventsThanAreLookedAtIsCountedAndItsRarestEventsArePaired() {
    int[] alike = {0, 0, 0};
    long[][] events = {{1, 2, 3, 4}, {1, 2, 3}, {1, 2, 4}};
    KnownEvents two = new KnownEvents(2, 2);

    // 3 and 4 are the rarest two of the first subject, who alone has both.
    assertThat(two.smallestGroups(alike, events)).containsExactly(1, 2, 2);
    assertThat(two.bounded()).isEqualTo(3);
  }

  /** Looking at each subject's pairs by itself would take hours. */
  @Test
  void pairsAreCountedOnceForAGroupOfManySubjects() {
    int subjects = 100_000;
    long[][] events = new long[subjects][];
    for (int subject = 0; subject < subjects; subject++) {
      // Neighbours of five have one event of their own.
      events[subject] =
          LongStream.concat(LongStream.range(0, 8), LongStream.of(100 + subject / 5)).toArray();
    }
    events[0] = new long[] {0, 1};
    events[1] = new long[] {0, 1, 100};

    int[] smallest = new KnownEvents(2, 200).smallestGroups(new int[subjects], events);

    assertThat(smallest).startsWith(subjects, 4, 3, 3, 3, 5, 5).endsWith(5, 5, 5, 5, 5);
  }

  /** More digests than are looked at at once: those of a group are in the same part. */
  @Test
  void groupsOfManySubjectsAreCountedPartByPart() {
    int subjects = 2_200_000;
    int values = 300_000;
    SubjectDigests digests = new SubjectDigests(subjects);
    for (int subject = 0; subject < subjects; subject++) {
      digests.add(subject, mixed(subject % values, 1), mixed(subject % values, 2));
    }
    BitSet released = new BitSet();
    released.set(0, subjects);

    int[] groups = digests.groups(released);

    assertThat(IntStream.range(values, subjects).allMatch(s -> groups[s] == groups[s % values]))
        .isTrue();
    assertThat(IntStream.of(groups).distinct().count()).isEqualTo(values);
    assertThat(IntStream.of(groups).max()).hasValue(values - 1);
  }

  @Test
  void groupsDoNotDependOnTheOrderOfTuples() {
    SubjectDigests digests = new SubjectDigests(2);
    digests.add(0, -1, -1);
    digests.add(0, 7, 2);
    digests.add(1, 7, 2);
    digests.add(1, -1, -1);
    BitSet both = new BitSet();
    both.set(0, 2);

    assertThat(digests.groups(both)).containsExactly(0, 0);
    assertThat(SubjectDigests.sizes(digests.groups(both))).containsExactly(2);
  }
}
