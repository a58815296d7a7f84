package org.consentry.export.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.consentry.data.Exclusion;
import org.consentry.data.ExclusionGroup;
import org.junit.jupiter.api.Test;

final class CountedSubjectsTest {

  @Test
  void containsEverySubjectOfEverySplitOnce() {
    long seed = 20_261_201;
    SplittableRandom random = new SplittableRandom(seed);
    List<String> names =
        List.of(
            ExclusionGroup.NOT_PERMITTED.name(),
            CountedSubjects.withheld("a note"),
            CountedSubjects.blanked("größe"));
    CountedSubjects all = new CountedSubjects();
    Map<String, BitSet> plain = new TreeMap<>();
    for (int split = 0; split < 15; split++) {
      CountedSubjects people = new CountedSubjects();
      for (int row = 0; row < random.nextInt(60); row++) {
        String name = names.get(random.nextInt(names.size()));
        int subject = random.nextInt(1_000);
        people.of(name).set(subject);
        plain.computeIfAbsent(name, none -> new BitSet()).set(subject);
      }
      all.add(CountedSubjects.join(new byte[random.nextInt(9)], people));
    }

    for (String name : names) {
      assertThat(all.of(name)).as("seed %s, %s", seed, name).isEqualTo(plain.get(name));
    }
  }

  @Test
  void aReasonCountsUnderItsGroup() {
    CountedSubjects people = new CountedSubjects();
    people.leftOut(Exclusion.WITHDRAWN.code(), 3);
    people.leftOut(Exclusion.RECORD_DATE.code(), 3);
    people.leftOut(Exclusion.NOT_IN_COHORT.code(), 70);

    assertThat(people.of(ExclusionGroup.NOT_PERMITTED.name()).cardinality()).isEqualTo(1);
    assertThat(people.of(ExclusionGroup.NOT_IN_COHORT.name()).get(70)).isTrue();
    assertThat(people.of(ExclusionGroup.NOT_USABLE.name()).isEmpty()).isTrue();
  }

  @Test
  void knowsALogThatIsNotWhole() {
    CountedSubjects people = new CountedSubjects();
    people.leftOut(Exclusion.WITHDRAWN.code(), 200);
    byte[] whole = CountedSubjects.join(new byte[] {1, 2, 3}, people);
    byte[] flipped = whole.clone();
    flipped[5] ^= 1;

    assertThat(CountedSubjects.isWhole(whole)).isTrue();
    assertThat(CountedSubjects.spans(whole)).containsExactly(1, 2, 3);
    assertThat(CountedSubjects.isWhole(flipped)).isFalse();
    assertThat(CountedSubjects.isWhole(Arrays.copyOf(whole, whole.length - 1))).isFalse();
    assertThat(CountedSubjects.isWhole(new byte[0])).isFalse();
    assertThat(CountedSubjects.isWhole(CountedSubjects.join(new byte[0], new CountedSubjects())))
        .as("of no rows")
        .isTrue();
  }
}
