package org.consentry.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.consentry.data.BytesColumn;
import org.consentry.data.Effect;
import org.consentry.data.FieldType;
import org.consentry.data.SubjectIndex;
import org.consentry.problem.Problems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** "Shift and truncate": which rows are left out near the ends of the records. */
final class TruncatedSpanTest {

  private static final SubjectIndex INDEX =
      new Subjects()
          .add("P-1", Optional.empty(), 10, "a")
          .add("P-2", Optional.empty(), -10, "b")
          .index();

  private static TruncatedSpan span() {
    Problems problems = new Problems();
    Optional<Operator> shift =
        new DateShift()
            .bind(
                new DateShift.Config(
                    Optional.of(30),
                    DateShift.Unit.DAYS,
                    Optional.of(Effect.Ends.TRUNCATE),
                    Optional.of(LocalDate.of(2024, 1, 1)),
                    Optional.of(LocalDate.of(2024, 12, 31))),
                Context.of(FieldType.DATE),
                problems);
    assertThat(problems.list()).isEmpty();
    return shift.orElseThrow().span().orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "2024-01-20, true, true",
    "2024-01-21, false, true",
    "2024-02-09, false, true",
    "2024-02-10, false, false",
    "2024-11-21, false, false",
    "2024-11-22, true, false",
    "2024-12-11, true, false",
    "2024-12-12, true, true",
    "1900-12-31, false, false",
    "2037-01-01, false, false",
    "soon, false, false",
    "'', false, false"
  })
  void aRowIsPastTheSpanByItsSubjectsShift(String date, boolean later, boolean earlier) {
    BytesColumn dates = Batch.column(List.of(Optional.of(date).filter(text -> !text.isEmpty())));

    assertThat(span().isPast(dates, 0, INDEX, 0)).as("shifted by 10").isEqualTo(later);
    assertThat(span().isPast(dates, 0, INDEX, 1)).as("shifted by -10").isEqualTo(earlier);
  }

  @ParameterizedTest
  @CsvSource({
    "2023-12-31, false, false",
    "2024-01-01, true, false",
    "2024-01-07, true, false",
    "2024-01-08, false, false",
    "2024-12-24, false, false",
    "2024-12-25, false, true",
    "2024-12-31, false, true",
    "2025-01-01, false, false",
    "soon, false, false",
    "'', false, false"
  })
  void knowsTheFirstAndTheLastWeekOfTheRecords(String date, boolean first, boolean last) {
    BytesColumn dates = Batch.column(List.of(Optional.of(date).filter(text -> !text.isEmpty())));

    assertThat(span().isInFirstWeek(dates, 0)).isEqualTo(first);
    assertThat(span().isInLastWeek(dates, 0)).isEqualTo(last);
  }

  @Test
  void knowsTheRuleThatDeclaresIt() {
    assertThat(span().place()).isEqualTo(Context.PLACE);
  }

  @Test
  void aShiftThatKeepsTheEndsHasNone() {
    Optional<Operator> shift =
        new DateShift()
            .bind(
                new DateShift.Config(
                    Optional.empty(),
                    DateShift.Unit.WEEKS,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()),
                Context.of(FieldType.DATE),
                new Problems());

    assertThat(shift.orElseThrow().span()).isEmpty();
  }
}
