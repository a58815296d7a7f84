package org.consentry.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No count from 1 to 10 is shown, nor what is left of a whole when it is so few. */
final class MaskedTest {

  @ParameterizedTest
  @CsvSource({
    "0, 1000, 0 %",
    "1, 1000, <11",
    "10, 1000, <11",
    "11, 1000, 1 %",
    "989, 1000, 99 %",
    "990, 1000, all but <11",
    "999, 1000, all but <11",
    "1000, 1000, 100 %",
    "11, 100000, <1 %",
    "99989, 100000, >99 %",
    "3, 3, 100 %",
    "2, 3, <11"
  })
  void masksSharesFromBothSides(long part, long whole, String shown) {
    assertThat(Masked.share(part, whole)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, <11", "10, <11", "11, 11"})
  void masksCounts(long count, String shown) {
    assertThat(Masked.count(count)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "3, true, 1000, <11",
    "20, true, 1000, 20",
    "1000, true, 1000, unique",
    "990, true, 1000, all but <11",
    "989, true, 1000, 989",
    "12345, false, 99999, about 12000",
    "0, true, 0, 0"
  })
  void masksDistinctValuesWhoseRepeatsAreFew(
      long distinct, boolean exact, long values, String shown) {
    assertThat(Masked.distinct(new ColumnSummary.Distinct(distinct, exact), values))
        .isEqualTo(shown);
  }

  /** An attacker who knows the whole finds more than one count behind every share of few. */
  @Test
  void noShareOfAnyWholeIsThatOfOneSmallCount() {
    List<String> exposed = new ArrayList<>();
    for (int whole = 1; whole <= 300; whole++) {
      for (int few = 1; few < Math.min(11, whole); few++) {
        expose(exposed, few, whole);
        expose(exposed, whole - few, whole);
      }
    }

    assertThat(exposed).isEmpty();
  }

  private static void expose(List<String> exposed, int part, int whole) {
    String shown = Masked.share(part, whole);
    if (!shown.equals("<11") && !shown.equals("all but <11")) {
      exposed.add(part + " of " + whole + ": " + shown);
    }
  }

  /** Empty, blank and words add up to a whole that is shown, so all of them are masked with one. */
  @Test
  void showsHowCellsAreMissingOnlyWhereNoneIsFew() {
    assertThat(missing(500, 300, 0)).isEqualTo("80 % (empty 50 %, blank 30 %)");
    assertThat(missing(500, 3, 0)).isEqualTo("50 % (empty, blank)");
    assertThat(missing(500, 497, 0)).isEqualTo("all but <11 (empty, blank)");
    assertThat(missing(500, 0, 0)).isEqualTo("50 %");
    assertThat(missing(0, 0, 500)).isEqualTo("50 % (words 50 %)");
  }

  private static String missing(int empty, int blank, int words) {
    ColumnProfile column = new ColumnProfile(Detectors.usual());
    for (int row = 0; row < 1000; row++) {
      column.add(
          row < empty ? "" : row < empty + blank ? " " : row < empty + blank + words ? "N/A" : "x");
    }
    String line =
        ProfileText.lines(
                new TableProfile(
                    "t", "t.csv", 1000, List.of(), java.util.Map.of("c", column.summary())))
            .get(2);
    return line.replaceFirst("  c +\\w+ +", "").replaceFirst(" {2,}.*", "").strip();
  }
}
