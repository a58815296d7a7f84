package org.consentry.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.consentry.data.ByteHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Different values are counted exactly, then estimated within the error that is promised. */
final class DistinctCountTest {

  @Test
  void isExactUpToItsLimit() {
    DistinctCount count = counted(0, DistinctCount.EXACT, 3);

    assertThat(count.isExact()).isTrue();
    assertThat(count.count()).isEqualTo(DistinctCount.EXACT);
    count.add(hash(DistinctCount.EXACT));
    assertThat(count.isExact()).isFalse();
  }

  @Test
  void theEstimateHasTheErrorThatIsPromised() {
    double squares = 0;
    int sizes = 0;
    for (int trial = 0; trial < 40; trial++) {
      int size = 10_000 + trial * 7_919;
      DistinctCount count = counted(trial * 1_000_000, size, 1);
      double error = count.count() / (double) size - 1;
      squares += error * error;
      sizes++;
    }

    assertThat(Math.sqrt(squares / sizes)).isBetween(0.003, 1.3 * DistinctCount.ERROR);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void partsJoinIntoTheWhole(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int size = random.nextInt(1, 4 * DistinctCount.EXACT);
    DistinctCount whole = counted(0, size, 1);
    DistinctCount merged = new DistinctCount();
    int from = 0;
    while (from < size) {
      int to = Math.min(size, from + random.nextInt(1, size + 1));
      merged.join(counted(Math.max(0, from - 100), to - Math.max(0, from - 100), 2));
      from = to;
    }

    assertThat(merged.count()).as("seed " + seed).isEqualTo(whole.count());
    assertThat(merged.isExact()).isEqualTo(whole.isExact());
  }

  @Test
  void zeroIsAHashAsAnyOther() {
    DistinctCount count = new DistinctCount();
    count.add(0);
    count.add(0);
    count.add(1);

    assertThat(count.count()).isEqualTo(2);
  }

  private static DistinctCount counted(int from, int size, int times) {
    DistinctCount count = new DistinctCount();
    for (int time = 0; time < times; time++) {
      for (int i = from; i < from + size; i++) {
        count.add(hash(i));
      }
    }
    return count;
  }

  private static long hash(int number) {
    byte[] bytes = ("value " + number).getBytes(StandardCharsets.UTF_8);
    return ByteHash.of(bytes, 0, bytes.length);
  }
}
