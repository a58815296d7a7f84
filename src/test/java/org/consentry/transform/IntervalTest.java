package org.consentry.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.consentry.data.BytesColumn;
import org.consentry.data.FieldType;
import org.consentry.data.LongColumn;
import org.consentry.data.RowBatch;
import org.consentry.data.SubjectIndex;
import org.consentry.data.SubjectKeys;
import org.consentry.problem.Problem;
import org.consentry.problem.Problems;
import org.junit.jupiter.api.Test;

final class IntervalTest {

  private static final Set<String> COLUMNS = Set.of("performed_on", "visited_on", "note");

  private static Interval.Config config(String from, String to, Interval.Unit in) {
    return new Interval.Config(from, to, in, DateFormat.ISO);
  }

  private static RowOperator bind(Interval.Config config) {
    Problems problems = new Problems();
    Optional<RowOperator> operator =
        new Interval().bind(config, Context.of(FieldType.INTEGER), COLUMNS, problems);
    assertThat(problems.list()).isEmpty();
    return operator.orElseThrow();
  }

  private static List<String> problems(Interval.Config config, FieldType type) {
    Problems problems = new Problems();
    assertThat(new Interval().bind(config, Context.of(type), COLUMNS, problems)).isEmpty();
    return problems.list().stream().map(Problem::toString).toList();
  }

  /** Rows of two columns, of one subject that died on 2024-03-01. */
  private static List<Optional<Long>> run(
      Operator operator, List<String> first, List<String> second, Map<Integer, String> invalid) {
    BytesColumn a = Batch.column(first.stream().map(Optional::of).toList());
    BytesColumn b = Batch.column(second.stream().map(Optional::of).toList());
    RowBatch batch = new RowBatch(first.size(), List.of(a, b), List.of(), row -> row + 2L);
    int[] rows = new int[first.size()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = i;
    }
    SubjectKeys keys = new SubjectKeys();
    keys.add(new byte[] {'P'}, 0, 1);
    int[] deaths = {(int) LocalDate.of(2024, 3, 1).toEpochDay()};
    SubjectIndex index =
        new SubjectIndex(keys, new byte[1], new int[1], deaths, List.of(), List.of());
    LongColumn column =
        (LongColumn)
            operator
                .open(new MacKeys())
                .transform(
                    new TransformInput(
                        batch, 0, rows, rows.length, new int[rows.length], index, invalid::put));
    List<Optional<Long>> values = new ArrayList<>();
    for (int i = 0; i < column.rows(); i++) {
      values.add(column.isMissing(i) ? Optional.empty() : Optional.of(column.values()[i]));
    }
    return values;
  }

  @Test
  void countsDaysFromTheFirstToTheSecond() {
    RowOperator interval = bind(config("performed_on", "visited_on", Interval.Unit.DAYS));
    TreeMap<Integer, String> invalid = new TreeMap<>();

    List<Optional<Long>> days =
        run(
            interval.at(List.of(1, 0)),
            List.of("2024-03-01", "2024-01-01", "", "soon"),
            List.of("2024-02-28", "2024-01-03", "2024-01-01", "2024-01-01"),
            invalid);

    assertThat(interval.reads()).containsExactly("performed_on", "visited_on");
    assertThat(days)
        .containsExactly(Optional.of(2L), Optional.of(-2L), Optional.empty(), Optional.empty());
    assertThat(invalid).containsExactly(Map.entry(3, "a date (yyyy-MM-dd)"));
  }

  @Test
  void countsToTheSubjectsDeath() {
    RowOperator interval = bind(config("visited_on", "subject.deathDate", Interval.Unit.DAYS));

    List<Optional<Long>> days =
        run(interval.at(List.of(0)), List.of("2024-02-01"), List.of("x"), new TreeMap<>());

    assertThat(interval.reads()).containsExactly("visited_on");
    assertThat(days).containsExactly(Optional.of(29L));
  }

  @Test
  void countsFullYearsLikeTheCalendar() {
    Operator years =
        bind(config("performed_on", "visited_on", Interval.Unit.YEARS)).at(List.of(0, 1));
    Given given = new Given(12);
    List<String> first = new ArrayList<>();
    List<String> second = new ArrayList<>();
    List<Optional<Long>> expected = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      LocalDate from = given.day();
      LocalDate to = given.day();
      first.add(from.toString());
      second.add(to.toString());
      expected.add(
          Optional.of(
              from.isAfter(to)
                  ? -ChronoUnit.YEARS.between(to, from)
                  : ChronoUnit.YEARS.between(from, to)));
    }

    assertThat(run(years, first, second, new TreeMap<>())).isEqualTo(expected);
  }

  @Test
  void refusesWhatItCannotFindAndCannotGive() {
    assertThat(problems(config("visitedon", "birth", Interval.Unit.DAYS), FieldType.DATE))
        .containsExactly(
            "mapping.yaml:7:5: error TYPE_MISMATCH 'interval' gives type integer but the rule"
                + " declares date; declare type: integer",
            "mapping.yaml:7:5: error UNKNOWN_COLUMN table 'visits' has no column 'visitedon'; did"
                + " you mean 'visited_on'?",
            "mapping.yaml:7:5: error UNKNOWN_COLUMN table 'visits' has no column 'birth'; one of:"
                + " note, performed_on, visited_on");
  }
}
