package org.consentry.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.Random;
import java.util.stream.IntStream;
import org.consentry.export.extract.KnownTuples;
import org.consentry.plan.Planner;
import org.consentry.plan.TableExtract;
import org.consentry.risk.SubjectDigests;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A missing value may be any: groups equal a comparison of each subject with each. */
final class LenientGroupsTest {

  private static final int COLUMNS = 3;
  private static final int CLINICS = 2_000;

  @TempDir private Path root;

  private TableExtract persons() {
    SmallClinic clinic = new SmallClinic(root).patient(1, "2021-01-01");
    return Planner.plan(
            clinic.job("visits", "a", "uni", Basis.DE_IDENTIFIED), clinic.now().toLocalDate())
        .tables()
        .stream()
        .filter(TableExtract::isSubjects)
        .findFirst()
        .orElseThrow();
  }

  /** What staging has of persons with these columns, without tuples and events. */
  private static long[] tuples(long[][] persons) {
    long[] all = new long[4 + persons.length * (1 + COLUMNS)];
    all[2] = (long) persons.length * (1 + COLUMNS);
    all[3] = 1 + COLUMNS;
    int at = 4;
    for (int subject = 0; subject < persons.length; subject++) {
      all[at++] = subject;
      for (long value : persons[subject]) {
        all[at++] = value == KnownTuples.MISSING ? value : new Random(value).nextLong();
      }
    }
    return all;
  }

  private static boolean mayBe(long[] one, long[] other) {
    return IntStream.range(0, COLUMNS)
        .allMatch(i -> one[i] == other[i] || one[i] == 0 || other[i] == 0);
  }

  @Test
  void groupsEqualBruteForce() {
    TableExtract table = persons();
    Random random = new Random(20261129);
    for (int clinic = 0; clinic < CLINICS; clinic++) {
      int people = 1 + random.nextInt(14);
      long[][] persons = new long[people][];
      BitSet released = new BitSet();
      for (int subject = 0; subject < people; subject++) {
        persons[subject] =
            IntStream.range(0, COLUMNS)
                .mapToLong(column -> random.nextInt(4) * (10L + column))
                .toArray();
        released.set(subject, random.nextInt(6) > 0);
      }
      long[] tuples = tuples(persons);
      int[] unused = new SubjectDigests(people).groups(released);

      int[] sizes =
          new LenientGroups(people, released, reader -> reader.accept(table, tuples))
              .sizes(unused)
              .orElseThrow();

      for (int subject = 0; subject < people && !isComplete(persons, released); subject++) {
        int one = subject;
        long expected =
            released.get(one)
                ? released.stream().filter(other -> mayBe(persons[one], persons[other])).count()
                : 0;
        assertThat(sizes[one]).as("clinic %d, subject %d", clinic, one).isEqualTo(expected);
      }
    }
  }

  private static boolean isComplete(long[][] persons, BitSet released) {
    return released.stream()
        .allMatch(subject -> IntStream.range(0, COLUMNS).allMatch(i -> persons[subject][i] != 0));
  }

  /** Without a missing value the groups are the strict ones. */
  @Test
  void withoutAMissingValueTheGroupsAreTheStrictOnes() {
    long[] tuples = tuples(new long[][] {{1, 2, 3}, {1, 2, 3}, {1, 2, 4}});
    BitSet released = new BitSet();
    released.set(0, 3);

    assertThat(
            new LenientGroups(3, released, reader -> reader.accept(persons(), tuples))
                .sizes(new int[] {0, 0, 1}))
        .hasValueSatisfying(sizes -> assertThat(sizes).containsExactly(2, 2, 1));
  }
}
