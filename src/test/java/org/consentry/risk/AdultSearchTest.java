package org.consentry.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.consentry.risk.LevelSearch.Found;
import org.consentry.risk.LevelSearch.Refined;
import org.consentry.risk.LevelSearch.Requirement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The search finds the optimum that ARX finds on the Adult data set. */
final class AdultSearchTest {

  private static final String OCCUPATION = "occupation";

  @BeforeEach
  void requireData() {
    AdultData.require();
  }

  private static int[] levels(Found found) {
    return found.levels().stream().mapToInt(Integer::intValue).toArray();
  }

  private static Found entropy(long k, double suppressed) throws IOException {
    IdentityTable table = AdultData.table("adult.csv", AdultData.COLUMNS);
    return new LevelSearch(
            table, k, suppressed, InformationLoss.ENTROPY, Requirement.NONE, Refined.FAIL)
        .best()
        .orElseThrow();
  }

  @Test
  void groupsOfFiveWithoutSuppression() throws IOException {
    Found found = entropy(5, 0);

    assertThat(found.levels()).containsExactly(1, 2, 1, 1, 3, 2, 2, 1, 1);
    assertThat(found.groups().smallest()).isEqualTo(5);
    assertThat(found.groups().groups()).isEqualTo(48);
    assertThat(found.loss()).isCloseTo(407289.5388925293, within(1e-6));
    IdentityTable table = AdultData.table("adult.csv", AdultData.COLUMNS);
    long[] sizes = table.sizes(levels(found));
    assertThat(InformationLoss.DISCERNIBILITY.of(table, levels(found), sizes, 5))
        .isEqualTo(36_472_972);
    assertThat(InformationLoss.LOSS_METRIC.of(table, levels(found), sizes, 5))
        .isCloseTo(0.7567559679, within(5e-11));
    assertThat(InformationLoss.HEIGHT.of(table, levels(found), sizes, 5))
        .isCloseTo(1 - 0.16667, within(5e-6));
  }

  @Test
  void groupsOfFiveWithFourPercentSuppressed() throws IOException {
    Found found = entropy(5, 0.04);

    assertThat(found.levels()).containsExactly(1, 0, 1, 1, 3, 2, 2, 0, 1);
    assertThat(found.suppressed()).isEqualTo(906);
    assertThat(found.loss()).isCloseTo(255559.85455731067, within(1e-6));
  }

  @Test
  void groupsOfAHundred() throws IOException {
    Found some = entropy(100, 0.04);
    assertThat(some.levels()).containsExactly(1, 1, 1, 1, 3, 2, 2, 1, 1);
    assertThat(some.suppressed()).isEqualTo(866);
    assertThat(some.loss()).isCloseTo(379417.3460570988, within(1e-6));

    Found none = entropy(100, 0);
    assertThat(none.levels()).containsExactly(0, 4, 1, 1, 3, 2, 2, 1, 1);
    assertThat(none.groups().groups()).isEqualTo(12);
    assertThat(none.groups().smallest()).isEqualTo(397);
    assertThat(none.loss()).isCloseTo(453196.8932458743, within(1e-6));
  }

  /** The eight columns without the sensitive one, and the numbers of its values. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Sensitive(IdentityTable table, int[] values, int count) {

    static Sensitive occupation() throws IOException {
      List<String> columns = new ArrayList<>(AdultData.COLUMNS);
      columns.remove(OCCUPATION);
      List<String> order = AdultData.values(OCCUPATION).stream().sorted().toList();
      return new Sensitive(
          AdultData.table("adult.csv", columns),
          AdultData.numbers(AdultData.rows("adult.csv"), OCCUPATION, order),
          order.size());
    }

    /** The counts of the sensitive values of each group. */
    long[][] counts(int[] groups) {
      long[][] counts = new long[IntStream.of(groups).max().orElse(-1) + 1][count];
      for (int subject = 0; subject < groups.length; subject++) {
        counts[groups[subject]][values[subject]]++;
      }
      return counts;
    }

    double farthest(int[] groups, ToDoubleBiFunction<long[], long[]> distance) {
      long[] all = counts(new int[groups.length])[0];
      return Stream.of(counts(groups))
          .mapToDouble(group -> distance.applyAsDouble(group, all))
          .max()
          .orElse(0);
    }

    Found best(long k, InformationLoss loss, Predicate<int[]> required) {
      Requirement all = groups -> Optional.of(groups).filter(required);
      return new LevelSearch(table, k, 0, loss, all, Refined.FAIL).best().orElseThrow();
    }
  }

  @Test
  void entropyDiversity() throws IOException {
    Sensitive sensitive = Sensitive.occupation();
    Predicate<int[]> diverse =
        groups -> Stream.of(sensitive.counts(groups)).allMatch(g -> Diversity.entropy(g) >= 5);

    Found found = sensitive.best(1, InformationLoss.ENTROPY, diverse);

    assertThat(found.levels()).containsExactly(1, 1, 1, 1, 3, 2, 2, 1);
    assertThat(found.groups().groups()).isEqualTo(30);
    assertThat(found.loss()).isCloseTo(324620.5269918692, within(1e-6));
    assertThat(
            Stream.of(sensitive.counts(sensitive.table().groups(levels(found))))
                .mapToDouble(Diversity::entropy)
                .min())
        .hasValueCloseTo(5.655, within(5e-4));
  }

  @Test
  void equalDistance() throws IOException {
    Sensitive sensitive = Sensitive.occupation();
    Predicate<int[]> close = groups -> sensitive.farthest(groups, Closeness::equal) <= 0.2;

    Found found = sensitive.best(5, InformationLoss.DISCERNIBILITY, close);

    assertThat(found.levels()).containsExactly(1, 4, 1, 1, 3, 2, 2, 1);
    assertThat(found.groups().groups()).isEqualTo(2);
    assertThat(found.loss()).isEqualTo(456_853_172);
    assertThat(sensitive.farthest(sensitive.table().groups(levels(found)), Closeness::equal))
        .isCloseTo(0.131544, within(5e-7));
  }

  @Test
  void orderedDistance() throws IOException {
    Sensitive sensitive = Sensitive.occupation();

    Found tenth =
        sensitive.best(
            5,
            InformationLoss.DISCERNIBILITY,
            groups -> sensitive.farthest(groups, Closeness::ordered) <= 0.1);
    assertThat(tenth.levels()).containsExactly(1, 1, 1, 2, 3, 2, 2, 1);
    assertThat(tenth.groups().groups()).isEqualTo(15);
    assertThat(tenth.loss()).isEqualTo(97_868_020);
    assertThat(sensitive.farthest(sensitive.table().groups(levels(tenth)), Closeness::ordered))
        .isCloseTo(0.072757, within(5e-7));

    Found fifth =
        sensitive.best(
            100,
            InformationLoss.DISCERNIBILITY,
            groups -> sensitive.farthest(groups, Closeness::ordered) <= 0.2);
    assertThat(fifth.levels()).containsExactly(1, 4, 1, 1, 1, 2, 2, 1);
    assertThat(fifth.loss()).isEqualTo(162_312_130);
    assertThat(sensitive.farthest(sensitive.table().groups(levels(fifth)), Closeness::ordered))
        .isCloseTo(0.159268, within(5e-7));
  }

  /**
   * A tenth of the people is in the data; ARX generalizes so that at most a fifth of any group is.
   */
  @Test
  void deltaPresence() throws IOException {
    List<String> columns = new ArrayList<>(AdultData.COLUMNS);
    columns.remove(OCCUPATION);
    int people = AdultData.rows("adult.csv").size();
    IdentityTable both = AdultData.table(List.of("adult.csv", "adult_subset.csv"), columns);
    int[] groups = both.groups(new int[] {1, 4, 1, 1, 0, 2, 2, 0});
    long[] all = new long[IntStream.of(groups).max().orElse(-1) + 1];
    long[] data = new long[all.length];
    for (int row = 0; row < groups.length; row++) {
      (row < people ? all : data)[groups[row]]++;
    }

    PopulationRisk risk = PopulationRisk.of(data, all);

    assertThat(both.subjects() - people).isEqualTo(3016);
    assertThat(risk.highestPresence()).isEqualTo(0.1875);
    assertThat(risk.lowestPresence()).isZero();
    assertThat(1 / GroupSizes.of(data).averageRisk()).isEqualTo(52.0);
  }
}
