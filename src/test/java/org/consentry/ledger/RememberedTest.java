package org.consentry.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Flat arrays of digests and lines behave as a sorted map of them. */
final class RememberedTest {

  private static final long SEED = 81;

  @Test
  void isWhatASortedMapIs() {
    Random random = new Random(SEED);
    for (int round = 0; round < 500; round++) {
      long[] one = digests(random);
      long[] two = digests(random);
      Map<Long, Integer> first = map(one, 0);
      Map<Long, Integer> second = map(two, 1_000);

      assertThat(map(remembered(one, 0))).as("round %d, seed %d", round, SEED).isEqualTo(first);
      Map<Long, Integer> both = new TreeMap<>(second);
      both.putAll(first);
      assertThat(map(remembered(one, 0).and(remembered(two, 1_000)))).isEqualTo(both);
      Map<Long, Integer> less = new TreeMap<>(first);
      less.keySet().removeAll(second.keySet());
      assertThat(map(remembered(one, 0).without(two.length, i -> two[i]))).isEqualTo(less);
    }
  }

  @Test
  void showsHowManyThereAreAndNothingElse() {
    Remembered two = remembered(new long[] {7, -7, 7}, 40);

    assertThat(two.ofLines(90)).hasToString("Remembered[2 of 90 lines]");
    assertThat(two.ofLines(3)).isEqualTo(two).hasSameHashCodeAs(two);
    assertThat(two.ofLines(90)).isNotEqualTo(two);
  }

  private static long[] digests(Random random) {
    return random.longs(random.nextInt(40), -20, 20).toArray();
  }

  private static Map<Long, Integer> map(long[] digests, int from) {
    Map<Long, Integer> map = new TreeMap<>();
    for (int i = 0; i < digests.length; i++) {
      map.put(digests[i], from + i);
    }
    return map;
  }

  private static Remembered remembered(long[] digests, int from) {
    return Remembered.of(
        digests.length, () -> IntStream.range(0, digests.length), i -> digests[i], i -> from + i);
  }

  private static Map<Long, Integer> map(Remembered remembered) {
    Map<Long, Integer> map = new TreeMap<>();
    for (int i = 0; i < remembered.size(); i++) {
      assertThat(i == 0 || remembered.digest(i - 1) < remembered.digest(i)).isTrue();
      map.put(remembered.digest(i), remembered.on(i));
    }
    return map;
  }
}
