package org.consentry.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LongSetTest {

  @Test
  void containsNothingAtFirst() {
    LongSet set = new LongSet();

    assertThat(set.contains(0)).isFalse();
    assertThat(set.contains(1)).isFalse();
    assertThat(set.size()).isZero();
  }

  static Stream<Arguments> numbers() {
    long seed = 20_261_123;
    SplittableRandom random = new SplittableRandom(seed);
    return Stream.of(
        Arguments.of("few values, zero among them, seed " + seed, by(i -> random.nextLong(50))),
        Arguments.of("any value, seed " + seed, by(i -> random.nextLong())),
        Arguments.of("subject numbers", by(i -> i)),
        Arguments.of("high bits only", by(i -> i << 48)),
        Arguments.of("from the smallest", by(i -> Long.MIN_VALUE + i)));
  }

  private static LongUnaryOperator by(LongUnaryOperator number) {
    return number;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("numbers")
  void agreesWithTheSetOfTheJdk(String name, LongUnaryOperator number) {
    LongSet set = new LongSet();
    Set<Long> reference = new HashSet<>();
    for (long i = 0; i < 20_000; i++) {
      long added = number.applyAsLong(i);
      assertThat(set.add(added)).as(name).isEqualTo(reference.add(added));
    }

    assertThat(set.size()).as(name).isEqualTo(reference.size());
    assertThat(set.sorted())
        .as(name)
        .containsExactly(reference.stream().mapToLong(Long::longValue).sorted().toArray());
    assertThat(reference).as(name).allMatch(set::contains);
    SplittableRandom others = new SplittableRandom(7);
    for (int i = 0; i < 20_000; i++) {
      long asked = i % 2 == 0 ? others.nextLong() : i - 10_000;
      assertThat(set.contains(asked)).as(name).isEqualTo(reference.contains(asked));
    }
  }
}
