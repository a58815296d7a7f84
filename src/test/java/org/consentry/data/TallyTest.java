package org.consentry.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every row read is accounted for. */
class TallyTest {

  private static final Tally ONE =
      new Tally(
          10,
          4,
          Map.of(Exclusion.NO_CONSENT, 3L, Exclusion.EXPIRED, 2L),
          Map.of(RejectReason.RAGGED, 1L),
          Map.of("note", 2L),
          Map.of("zip3", 1L));

  @ParameterizedTest
  @CsvSource({"11,4", "9,4", "10,5", "10,3", "0,0"})
  void refusesRowsThatDoNotBalance(long read, long released) {
    assertThatThrownBy(
            () -> new Tally(read, released, ONE.excluded(), ONE.rejected(), Map.of(), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "rows do not balance: read "
                + read
                + ", released "
                + released
                + ", excluded 5, rejected 1");
  }

  @Test
  void addsReasonByReason() {
    Tally other =
        new Tally(
            5,
            1,
            Map.of(Exclusion.EXPIRED, 1L, Exclusion.MINOR, 1L),
            Map.of(RejectReason.RAGGED, 1L, RejectReason.NUL, 1L),
            Map.of("note", 1L, "face", 1L),
            Map.of());

    Tally sum = ONE.plus(other);

    assertThat(sum)
        .isEqualTo(
            new Tally(
                15,
                5,
                Map.of(Exclusion.NO_CONSENT, 3L, Exclusion.EXPIRED, 3L, Exclusion.MINOR, 1L),
                Map.of(RejectReason.RAGGED, 2L, RejectReason.NUL, 1L),
                Map.of("note", 3L, "face", 1L),
                Map.of("zip3", 1L)));
    assertThat(sum.excludedTotal()).isEqualTo(7);
    assertThat(sum.rejectedTotal()).isEqualTo(3);
    assertThat(other.plus(ONE)).isEqualTo(sum);
  }

  @Test
  void addsAnswersWordByWord() {
    Tally one = answered(Map.of("class", Map.of("COSMETIC", 2L)));
    Tally other =
        answered(Map.of("class", Map.of("COSMETIC", 1L, "X", 4L), "basis", Map.of("Y", 1L)));

    assertThat(one.plus(other).answers())
        .isEqualTo(Map.of("class", Map.of("COSMETIC", 3L, "X", 4L), "basis", Map.of("Y", 1L)));
  }

  @Test
  void addsFormulasColumnByColumn() {
    Tally one = formulas(Map.of("a", 2L, "b", 1L));
    Tally other = formulas(Map.of("b", 4L, "c", 8L));

    assertThat(one.plus(other).formulas()).isEqualTo(Map.of("a", 2L, "b", 5L, "c", 8L));
  }

  @Test
  void addsMissingCellsColumnByColumn() {
    Tally one = Tally.NONE.with(Map.of("a", new MissingCells(2, 0), "b", new MissingCells(1, 4)));
    Tally other = Tally.NONE.with(Map.of("b", new MissingCells(8, 16)));

    assertThat(one.plus(other).missing())
        .isEqualTo(Map.of("a", new MissingCells(2, 0), "b", new MissingCells(9, 20)));
  }

  @Test
  void namesNoColumnWithoutMissingCells() {
    assertThat(Tally.NONE.with(Map.of("a", new MissingCells(0, 0)))).isEqualTo(Tally.NONE);
  }

  private static Tally formulas(Map<String, Long> cells) {
    return new Tally(
        9, 9, Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), cells, Map.of(), Map.of());
  }

  private static Tally answered(Map<String, Map<String, Long>> answers) {
    return new Tally(
        9, 9, Map.of(), Map.of(), Map.of(), Map.of(), answers, Map.of(), Map.of(), Map.of());
  }

  @Test
  void changesNothingByAddingNothing() {
    assertThat(ONE.plus(Tally.NONE)).isEqualTo(ONE);
    assertThat(Tally.NONE.plus(ONE)).isEqualTo(ONE);
    assertThat(Tally.NONE.plus(Tally.NONE)).isEqualTo(Tally.NONE);
  }

  @Test
  void namesNoReasonThatDidNotHappen() {
    Tally tally =
        new Tally(
            1, 1, Map.of(Exclusion.MINOR, 0L), Map.of(RejectReason.NUL, 0L), Map.of(), Map.of());

    assertThat(tally.excluded()).isEmpty();
    assertThat(tally.rejected()).isEmpty();
  }

  @Test
  void keepsItsCountsWhateverBecomesOfTheMapsItWasGiven() {
    Map<Exclusion, Long> excluded = new HashMap<>(Map.of(Exclusion.MINOR, 1L));
    Tally tally = new Tally(1, 0, excluded, Map.of(), Map.of(), Map.of());

    excluded.put(Exclusion.MINOR, 5L);

    assertThat(tally.excluded()).isEqualTo(Map.of(Exclusion.MINOR, 1L));
    assertThatThrownBy(() -> tally.excluded().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
