package org.consentry.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FigureTest {

  private static final LocalDate DAY = LocalDate.parse("2026-11-23");

  @ParameterizedTest
  @CsvSource({
    "11, 11, 10",
    "14, 14, 10",
    "15, 15, 20",
    "104, 99, 100",
    "105, 99, 110",
    "0, 0, <11",
    "10, 10, <11",
    "370, 10, <11",
    "370, 11, 370"
  })
  void isRoundedToTheNearestTenAndHiddenForFewPeople(long count, long people, String shown) {
    assertThat(Figure.of(count, people, DAY)).isEqualTo(new Figure(shown, DAY));
  }

  /** What was read follows from what else is shown, so that it gives nothing away. */
  @ParameterizedTest
  @CsvSource({
    "311, 690, 1000",
    "995, <11, 1000",
    "304, <11, 310",
    "1, <11, 10",
    "0, <11, 0",
    "304, 20, 320",
    "13, 10, 30",
    "53, 50, 100"
  })
  void whatWasReadIsWhatElseIsShown(long released, String leftOut, String shown) {
    assertThat(Figure.read(released, new Figure(leftOut, DAY), DAY))
        .isEqualTo(new Figure(shown, DAY));
  }

  /** One person's 370 rows would show in a total beside the figures of the other groups. */
  @ParameterizedTest
  @CsvSource({"370, 11, 370", "370, 10, 10", "370, 0, 10", "7, 1, 7"})
  void aTotalHidesHowManyRowsFewPeopleHave(long count, long people, long total) {
    assertThat(Figure.total(count, people)).isEqualTo(total);
  }

  @Test
  void isDigitsOrTheOneWord() {
    assertThatThrownBy(() -> new Figure("about 10", DAY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a figure is digits or <11");
  }
}
