package org.consentry.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Small tables of the articles that defined the measures give the articles' figures. */
final class PublishedTablesTest {

  private static final Offset<Double> EXACT = within(1e-12);

  @Test
  void sweeneysTableIsTwoAnonymous() {
    GroupSizes groups = GroupSizes.of(2, 2, 2, 3, 2);

    assertThat(groups.smallest()).isEqualTo(2);
    assertThat(groups.groups()).isEqualTo(5);
    assertThat(groups.averageRisk()).isCloseTo(5.0 / 11, EXACT);
    assertThat(groups.highestRisk()).isEqualTo(0.5);
    assertThat(groups.shareAbove(0.4)).isCloseTo(8.0 / 11, EXACT);
    assertThat(groups.shareAbove(0.5)).isZero();
    assertThat(Diversity.distinct(new long[] {2, 0})).isEqualTo(1);
  }

  /** Heart disease, viral infection, cancer. */
  @Test
  void machanavajjhalasInpatientsOfFour() {
    long[] all = {3, 3, 6};
    long[] first = {2, 2, 0};
    long[] second = {1, 2, 1};
    long[] third = {0, 0, 4};

    assertThat(List.of(first, second, third))
        .extracting(Diversity::distinct)
        .containsExactly(2, 3, 1);
    assertThat(Diversity.entropy(first)).isCloseTo(2, EXACT);
    assertThat(Diversity.entropy(second)).isCloseTo(2.828427, within(5e-7));
    assertThat(Diversity.entropy(third)).isCloseTo(1, EXACT);
    assertThat(Diversity.isRecursive(first, 1, 2)).isFalse();
    assertThat(Diversity.isRecursive(first, 1.01, 2)).isTrue();
    assertThat(Diversity.isRecursive(second, 1, 2)).isFalse();
    assertThat(Diversity.isRecursive(second, 1.01, 2)).isTrue();
    assertThat(Diversity.isRecursive(third, 1e9, 2)).isFalse();
    assertThat(Diversity.isRecursive(first, 1e9, 3)).isFalse();
    assertThat(Diversity.isRecursive(second, 2, 3)).isFalse();
    assertThat(Diversity.isRecursive(second, 2.01, 3)).isTrue();
    assertThat(all).hasSize(3);
  }

  @Test
  void machanavajjhalasDistances() {
    long[] four = {3, 4, 5};
    assertThat(Closeness.equal(new long[] {2, 2, 0}, four)).isCloseTo(5.0 / 12, EXACT);
    assertThat(Closeness.equal(new long[] {1, 2, 1}, four)).isCloseTo(1.0 / 6, EXACT);
    assertThat(Closeness.equal(new long[] {0, 0, 4}, four)).isCloseTo(7.0 / 12, EXACT);

    long[] diverse = {1, 1, 2};
    assertThat(Diversity.entropy(diverse)).isCloseTo(2.828427, within(5e-7));
    assertThat(Closeness.equal(diverse, four)).isCloseTo(1.0 / 12, EXACT);
    assertThat(Closeness.equal(new long[] {1, 2, 1}, four)).isCloseTo(1.0 / 6, EXACT);
  }

  /** Salaries of 3 to 11 thousand, one subject each. */
  @Test
  void lisSalaries() {
    assertThat(salaries(3, 4, 5)).isCloseTo(0.375, EXACT);
    assertThat(salaries(6, 8, 11)).isCloseTo(1.0 / 6, EXACT);
    assertThat(salaries(7, 9, 10)).isCloseTo(17.0 / 72, EXACT);
    assertThat(salaries(3, 5, 9)).isCloseTo(1.0 / 6, EXACT);
    assertThat(salaries(4, 7, 10)).isCloseTo(1.0 / 12, EXACT);
  }

  private static double salaries(int... paid) {
    long[] group = new long[9];
    for (int salary : paid) {
      group[salary - 3]++;
    }
    return Closeness.ordered(group, new long[] {1, 1, 1, 1, 1, 1, 1, 1, 1});
  }

  /**
   * Diseases with two inner levels: gastric ulcer, gastritis and stomach cancer are stomach
   * diseases of the digestive system; flu, bronchitis and pneumonia are respiratory infections.
   */
  @Test
  void lisDiseases() {
    Hierarchy diseases =
        new Hierarchy(
            new int[][] {
              {0, 1, 2, 3, 4, 5}, {0, 0, 1, 1, 1, 0}, {0, 0, 1, 1, 1, 0}, {0, 0, 0, 0, 0, 0}
            });
    int[] ofRow = {0, 1, 5, 1, 2, 3, 3, 4, 5};

    assertThat(diseases(diseases, ofRow, 1, 2, 3)).isCloseTo(4.0 / 9, EXACT);
    assertThat(diseases(diseases, ofRow, 4, 5, 6)).isCloseTo(8.0 / 27, EXACT);
    assertThat(diseases(diseases, ofRow, 7, 8, 9)).isCloseTo(8.0 / 27, EXACT);
    assertThat(diseases(diseases, ofRow, 1, 3, 8)).isCloseTo(7.0 / 27, EXACT);
    assertThat(diseases(diseases, ofRow, 2, 7, 9)).isCloseTo(5.0 / 27, EXACT);
  }

  private static double diseases(Hierarchy hierarchy, int[] ofRow, int... rows) {
    long[] all = new long[6];
    long[] group = new long[6];
    for (int disease : ofRow) {
      all[disease]++;
    }
    for (int row : rows) {
      group[ofRow[row - 1]]++;
    }
    return Closeness.hierarchical(group, all, hierarchy);
  }

  @Test
  void aToyPopulation() {
    long[] sample = {1, 1, 2, 3, 3};
    PopulationRisk risk = PopulationRisk.of(sample, new long[] {1, 4, 2, 10, 33});

    assertThat(GroupSizes.of(sample).highestRisk()).isEqualTo(1);
    assertThat(GroupSizes.of(sample).averageRisk()).isCloseTo(0.5, EXACT);
    assertThat(risk.highestJournalist()).isEqualTo(1);
    assertThat(risk.marketer()).isCloseTo(581.0 / 2200, EXACT);
    assertThat(risk.lowestPresence()).isCloseTo(1.0 / 11, EXACT);
    assertThat(risk.highestPresence()).isEqualTo(1);
  }

  @Test
  void refusesAPopulationSmallerThanTheData() {
    assertThatThrownBy(() -> PopulationRisk.of(new long[] {3}, new long[] {2}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PopulationRisk.of(new long[] {0}, new long[] {2}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PopulationUniques(GroupSizes.of(1, 2), 2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PopulationUniques(GroupSizes.of(), 2))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
