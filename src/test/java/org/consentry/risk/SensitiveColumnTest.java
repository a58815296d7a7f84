package org.consentry.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.consentry.risk.SensitiveColumn.Measure;
import org.consentry.risk.SensitiveColumn.Model;
import org.junit.jupiter.api.Test;

/** The values of a group are measured by what the group has, not by what all others have. */
final class SensitiveColumnTest {

  /** Counts the numbers that a measure is given. */
  private static final class Counting implements Model {
    private long given;

    @Override
    public Measure measure(int[] values, long[] all) {
      return (places, counts) -> {
        given += places.length;
        assertThat(counts).hasSameSizeAs(places).doesNotContain(0);
        return 0;
      };
    }

    @Override
    public boolean isEnough(double measure) {
      return true;
    }

    @Override
    public double worse(double one, double other) {
      return one;
    }
  }

  /** A hundred thousand groups of one value each: not a hundred thousand times all values. */
  @Test
  void looksAtTheValuesOfAGroupAlone() {
    int people = 100_000;
    long[] pairs =
        IntStream.range(0, people)
            .mapToLong(person -> (long) person << Integer.SIZE | (person + 1))
            .toArray();
    Counting counting = new Counting();

    new SensitiveColumn(people + 1, pairs).measure(IntStream.range(0, people).toArray(), counting);

    assertThat(counting.given).isEqualTo(people);
  }

  @Test
  void distancesAreThoseOfTheirDefinition() {
    Random random = new Random(20261129);
    for (int round = 0; round < 2000; round++) {
      int values = 1 + random.nextInt(12);
      long[] group = new long[values];
      long[] all = new long[values];
      for (int value = 0; value < values; value++) {
        group[value] = random.nextInt(3) == 0 ? random.nextInt(5) : 0;
        all[value] = group[value] + random.nextInt(4);
      }
      group[values - 1]++;
      all[values - 1]++;
      List<List<String>> labels = new ArrayList<>();
      for (int value = 0; value < values; value++) {
        labels.add(List.of("a" + value / 2, "b" + value / 4, "*"));
      }

      assertThat(Closeness.equal(group, all)).isCloseTo(equal(group, all), within(1e-12));
      assertThat(Closeness.ordered(group, all)).isCloseTo(ordered(group, all), within(1e-12));
      assertThat(Closeness.hierarchical(group, all, Hierarchy.ofLabels(labels)))
          .isCloseTo(hierarchical(group, all), within(1e-12));
    }
  }

  private static double extra(long[] group, long[] all, int from, int to) {
    double ofGroup = sum(group, 0, group.length);
    double ofAll = sum(all, 0, all.length);
    return sum(group, from, to) / ofGroup - sum(all, from, to) / ofAll;
  }

  private static double equal(long[] group, long[] all) {
    return IntStream.range(0, all.length)
            .mapToDouble(value -> Math.abs(extra(group, all, value, value + 1)))
            .sum()
        / 2;
  }

  private static double ordered(long[] group, long[] all) {
    double moved =
        IntStream.range(1, all.length).mapToDouble(to -> Math.abs(extra(group, all, 0, to))).sum();
    return all.length == 1 ? 0 : moved / (all.length - 1);
  }

  /** What is moved within a node of a level, and not within one below it. */
  private static double hierarchical(long[] group, long[] all) {
    int[] sizes = {1, 2, 4, all.length};
    double distance = 0;
    for (int level = 1; level < sizes.length; level++) {
      for (int from = 0; from < all.length; from += sizes[level]) {
        double more = 0;
        double less = 0;
        int end = Math.min(all.length, from + sizes[level]);
        for (int node = from; node < end; node += sizes[level - 1]) {
          double extra = extra(group, all, node, Math.min(end, node + sizes[level - 1]));
          more += Math.max(0, extra);
          less += Math.max(0, -extra);
        }
        distance += level * Math.min(more, less);
      }
    }
    return distance / 3;
  }

  private static double sum(long[] numbers, int from, int to) {
    return IntStream.range(from, to).mapToLong(at -> numbers[at]).sum();
  }
}
