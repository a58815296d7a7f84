package org.consentry.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.FieldType;
import org.consentry.data.LongColumn;
import org.consentry.operator.text.ByteOutput;
import org.consentry.problem.Problems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The coarser levels of an operator join values, and part none that a finer level joins. */
final class LevelTest {

  private static final String HIERARCHY = "value,fine,middle,any\na,A,AB,*\nb,B,AB,*\nc,C,CD,*\n";

  private static <C extends Record> Operator bind(
      OperatorFactory<C> factory, C config, FieldType type) {
    Problems problems = new Problems();
    RuleContext context =
        Context.of(
            type, OperatorFixtures.REFERENCE, Map.of("h.csv", HIERARCHY), "visits", "column");
    Optional<Operator> operator = factory.bind(config, context, problems);
    assertThat(problems.list()).isEmpty();
    return operator.orElseThrow();
  }

  private static Operator generalize(Generalize.To to, FieldType type) {
    return bind(
        new Generalize(),
        new Generalize.Config(
            to,
            to == Generalize.To.ZIP3 ? Optional.of(Zip3.ZipList.CENSUS_2020) : Optional.empty(),
            to == Generalize.To.RANGES
                ? Optional.of(List.of(18L, 40L, 65L, 80L))
                : Optional.empty(),
            to == Generalize.To.ROUNDING ? Optional.of("0.5") : Optional.empty(),
            to == Generalize.To.HIERARCHY ? Optional.of("h.csv") : Optional.empty(),
            to == Generalize.To.HIERARCHY ? Optional.of("fine") : Optional.empty()),
        type);
  }

  private static Operator age(Optional<Integer> topCode) {
    return bind(new Age(), new Age.Config("subject.birthDate", topCode), FieldType.INTEGER);
  }

  private static Operator birthYear() {
    return bind(new BirthYear(), new BirthYear.Config(), FieldType.INTEGER);
  }

  private static long day(String date) {
    return LocalDate.parse(date).toEpochDay();
  }

  /** A released value, the name of each level and what it becomes there; null is missing. */
  private record Case(String what, Operator operator, Object released, List<Object> coarser) {

    @Override
    public String toString() {
      return what + " " + released;
    }
  }

  private static Case of(String what, Operator operator, Object released, Object... coarser) {
    return new Case(what, operator, released, List.of(coarser));
  }

  static Stream<Case> cases() {
    Operator ranges = generalize(Generalize.To.RANGES, FieldType.CODE);
    Operator bounds = generalize(Generalize.To.RANGES, FieldType.INTEGER);
    Operator years = generalize(Generalize.To.YEAR, FieldType.INTEGER);
    Operator halves = generalize(Generalize.To.ROUNDING, FieldType.decimal(5, 1));
    return Stream.of(
        of(
            "birth-year",
            birthYear(),
            1984L,
            "5 years",
            1980L,
            "10 years",
            1980L,
            "20 years",
            1980L),
        of(
            "birth-year",
            birthYear(),
            1976L,
            "5 years",
            1975L,
            "10 years",
            1970L,
            "20 years",
            1960L),
        of(
            "birth-year",
            birthYear(),
            1936L,
            "5 years",
            1935L,
            "10 years",
            1930L,
            "20 years",
            1920L),
        of("year", years, 2026L, "5 years", 2025L, "10 years", 2020L, "20 years", 2020L),
        of(
            "age",
            age(Optional.of(89)),
            47L,
            "5 years of age",
            45L,
            "10 years of age",
            40L,
            "20 years of age",
            40L),
        of(
            "age",
            age(Optional.empty()),
            3L,
            "5 years of age",
            0L,
            "10 years of age",
            0L,
            "20 years of age",
            0L),
        of("quarter", generalize(Generalize.To.QUARTER, FieldType.CODE), "2026-Q3", "year", "2026"),
        of(
            "month",
            generalize(Generalize.To.MONTH, FieldType.CODE),
            "2026-11",
            "quarter",
            "2026-Q4",
            "year",
            "2026"),
        of(
            "month",
            generalize(Generalize.To.MONTH, FieldType.DATE),
            day("2026-08-01"),
            "quarter",
            day("2026-07-01"),
            "year",
            day("2026-01-01")),
        of("week", generalize(Generalize.To.WEEK, FieldType.CODE), "2026-W01", "year", "2026"),
        of(
            "week",
            generalize(Generalize.To.WEEK, FieldType.DATE),
            day("2025-12-29"),
            "year",
            day("2026-01-01")),
        of("zip3", generalize(Generalize.To.ZIP3, FieldType.CODE), "857", "state", "AZ"),
        of("zip3", generalize(Generalize.To.ZIP3, FieldType.CODE), "055", "state", "MA"),
        of("zip3", generalize(Generalize.To.ZIP3, FieldType.CODE), "000", "state", "000"),
        of("ranges", ranges, "<18", "2 ranges", "<40", "4 ranges", "<80"),
        of("ranges", ranges, "40-64", "2 ranges", "40-79", "4 ranges", "<80"),
        of("ranges", ranges, "80+", "2 ranges", "80+", "4 ranges", "80+"),
        of("ranges", bounds, 40L, "2 ranges", 18L),
        of("ranges", bounds, 80L, "2 ranges", 65L),
        of("rounding", halves, 125L, "multiples of 2.5", 125L, "multiples of 12.5", 125L),
        of("rounding", halves, -145L, "multiples of 2.5", -125L, "multiples of 12.5", -125L),
        of(
            "hierarchy",
            generalize(Generalize.To.HIERARCHY, FieldType.CODE),
            "B",
            "middle",
            "AB",
            "any",
            "*"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void makesAValueCoarserLevelByLevel(Case given) {
    List<Object> found = new ArrayList<>();
    for (Level level : given.operator().levels()) {
      if (level != Level.NONE) {
        found.add(level.name());
        found.add(values(level.of(column(List.of(given.released())))).get(0).orElseThrow());
      }
    }

    assertThat(found).isEqualTo(given.coarser());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void endsWithALevelThatJoinsAllValues(Case given) {
    List<Level> levels = given.operator().levels();
    Column column = column(List.of(given.released()));

    List<Optional<Object>> last = values(levels.get(levels.size() - 1).of(column));

    assertThat(last)
        .isEqualTo(
            given.what().equals("hierarchy")
                ? List.of(Optional.of("*"))
                : List.of(Optional.empty()));
  }

  /** All values of a kind that the operators of the cases release. */
  private static List<Object> all(Object example, String what) {
    List<Object> all = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      String digits = "" + i / 100 + i / 10 % 10 + i % 10;
      switch (what) {
        case "zip3" -> all.add(digits);
        case "month" ->
            all.add(
                example instanceof String
                    ? (2000 + i / 12) + "-" + digitsOf(i % 12 + 1)
                    : LocalDate.of(2000 + i / 12, i % 12 + 1, 1).toEpochDay());
        case "quarter" -> all.add((2000 + i / 4) + "-Q" + (i % 4 + 1));
        case "week" ->
            all.add(
                example instanceof String
                    ? (2000 + i / 52) + "-W" + digitsOf(i % 52 + 1)
                    : day("2000-01-03") + 7L * i);
        case "ranges" ->
            all.add(
                example instanceof String
                    ? List.of("<18", "18-39", "40-64", "65-79", "80+").get(i % 5)
                    : List.of(18L, 40L, 65L, 80L).get(i % 4));
        case "rounding" -> all.add(5L * (i - 500));
        case "hierarchy" -> all.add(List.of("A", "B", "C").get(i % 3));
        default -> all.add(1936L + i % 91);
      }
    }
    return all;
  }

  private static String digitsOf(int number) {
    return number < 10 ? "0" + number : Integer.toString(number);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void neverPartsWhatAFinerLevelJoins(Case given) {
    Column fine = column(all(given.released(), given.what()));
    List<Optional<Object>> below = values(fine);
    for (Level level : given.operator().levels()) {
      List<Optional<Object>> above = values(level.of(fine));
      Map<Optional<Object>, Optional<Object>> parents = new HashMap<>();
      for (int row = 0; row < below.size(); row++) {
        Optional<Object> parent = above.get(row);
        assertThat(parents.computeIfAbsent(below.get(row), unseen -> parent))
            .as(level.name())
            .isEqualTo(parent);
      }
      below = above;
    }
  }

  @Test
  void aMissingValueStaysMissing() {
    LongColumn years = new LongColumn(2, new long[] {1984, LongColumn.MISSING});

    assertThat(values(birthYear().levels().get(0).of(years)))
        .containsExactly(Optional.of(1980L), Optional.empty());
  }

  @Test
  void theNoteDescribesTheLevelAndItsOpenEnd() {
    Operator ten = birthYear().levels().get(1).over(birthYear());

    assertThat(ten.notes().get(0).done())
        .isEqualTo(
            "Birth dates were replaced by birth years; 1936 means 1936 or before. Joined to spans"
                + " of 10 years, each named by its first.");
    assertThat(ten.notes().get(0).parameters()).containsEntry("level", "10 years");
    assertThat(ten.notes().get(0).labels()).containsExactly(Map.entry("1930", "1939 or before"));
    assertThat(
            age(Optional.of(89)).levels().get(2).over(age(Optional.of(89))).notes().get(0).labels())
        .containsExactly(Map.entry("80", "80 or older"));
  }

  @Test
  void operatorsThatGeneralizeNothingHaveNoLevels() {
    assertThat(bind(new Keep(), new Keep.Config(), FieldType.CODE).levels()).isEmpty();
  }

  private static Column column(List<Object> values) {
    if (values.get(0) instanceof Long) {
      return new LongColumn(
          values.size(), values.stream().mapToLong(value -> (Long) value).toArray());
    }
    ByteOutput output = new ByteOutput(64);
    int[] starts = new int[values.size()];
    int[] ends = new int[values.size()];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = output.size();
      output.append((String) values.get(i));
      ends[i] = output.size();
    }
    return new BytesColumn(starts.length, output.buffer(), starts, ends);
  }

  private static List<Optional<Object>> values(Column column) {
    List<Optional<Object>> values = new ArrayList<>();
    for (int row = 0; row < column.rows(); row++) {
      if (column.isMissing(row)) {
        values.add(Optional.empty());
      } else if (column instanceof LongColumn numbers) {
        values.add(Optional.of(numbers.values()[row]));
      } else {
        BytesColumn texts = (BytesColumn) column;
        int start = texts.starts()[row];
        values.add(
            Optional.of(
                new String(
                    texts.buffer(), start, texts.ends()[row] - start, StandardCharsets.UTF_8)));
      }
    }
    return values;
  }
}
