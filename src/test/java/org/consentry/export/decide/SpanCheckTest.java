package org.consentry.export.decide;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.consentry.connector.SourceTable;
import org.consentry.export.Parallel;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.Planner;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A declared span of shifted dates is as wide as the records, or the run stops. */
final class SpanCheckTest {

  @TempDir private Path root;

  /** Checks a span from 2020-01-01 to 2023-12-31 against visits on these days. */
  private void check(String... days) {
    check(new SmallClinic(root).patient(1, days));
  }

  private void check(SmallClinic clinic) {
    Path job = clinic.job("visits", "a", "uni", Basis.SHIFTED);
    clinic.edit(
        "mappings/shifted.yaml",
        "do: dateShift, maxDays: 365",
        "do: dateShift, maxDays: 365, ends: truncate, from: 2020-01-01, to: 2023-12-31");
    ExportPlan plan =
        Planner.plan(job, clinic.now().toLocalDate(), clinic.now().toLocalDate(), Optional.empty());
    new SpanCheck(SourceTable::splits, Parallel.onCallingThread()).check(plan.tables());
  }

  @ParameterizedTest
  @CsvSource({
    "2020-01-01, 2023-12-31",
    "2020-01-07, 2023-12-25",
    "2020-01-07T23:59:59, 2023-12-25T00:00:00",
  })
  void acceptsASpanWithDatesInItsFirstAndLastWeek(String first, String last) {
    assertThatCode(() -> check(first, last, "2022-05-05")).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2020-01-08", "2019-12-31", "2020-02-30", ""})
  void refusesASpanWithoutADateInItsFirstWeek(String day) {
    assertThatThrownBy(() -> check(day, "2023-12-31"))
        .isInstanceOf(ProblemException.class)
        .hasMessageEndingWith(
            "shifted.yaml:24:7: error SPAN_WIDER_THAN_RECORDS no row of table 'visits' has a date"
                + " in the first week of the span declared for column 'visited_on'; with a span"
                + " that is wider than the records, shifted dates narrow a person's shift; set from"
                + " to the first day of the records of this column, or to another day near which"
                + " there are dates")
        .extracting(refused -> ((ProblemException) refused).category())
        .isEqualTo(Category.FILES_INVALID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2023-12-24", "2024-01-01"})
  void refusesASpanWithoutADateInItsLastWeek(String day) {
    assertThatThrownBy(() -> check("2020-01-01", day))
        .hasMessageContaining("in the last week of the span declared for column 'visited_on'")
        .hasMessageContaining("set to to the last day of the records");
  }

  @Test
  void reportsBothEndsTogether() {
    assertThatThrownBy(() -> check("2022-05-05"))
        .hasMessageContaining("in the first week")
        .hasMessageContaining("in the last week");
  }

  @Test
  void countsRowsThatAreNotReleased() {
    SmallClinic clinic =
        new SmallClinic(root).patient(1, "2022-05-05").patient(2, "2020-01-01", "2023-12-31");

    assertThatCode(() -> check(clinic.withdraws(2))).doesNotThrowAnyException();
  }

  @Test
  void asksNothingOfDatesThatAreShiftedWithoutASpan() {
    SmallClinic clinic = new SmallClinic(root).patient(1, "2022-05-05");
    Path job = clinic.job("visits", "a", "uni", Basis.SHIFTED);
    ExportPlan plan =
        Planner.plan(job, clinic.now().toLocalDate(), clinic.now().toLocalDate(), Optional.empty());

    assertThatCode(
            () ->
                new SpanCheck(SourceTable::splits, Parallel.onCallingThread()).check(plan.tables()))
        .doesNotThrowAnyException();
  }
}
