package org.consentry.export.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import org.consentry.data.Effect;
import org.consentry.data.FieldType;
import org.consentry.export.figures.SmallTables.Row;
import org.consentry.release.ColumnFigures;
import org.consentry.release.ColumnFigures.Bar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Figures are those of a plain count, whatever the parts, batches and numbers of values. */
final class TableCountTest {

  private static final FieldType DECIMAL = FieldType.decimal(9, 2);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void valuesAreThoseOfAPlainCount(long seed) {
    List<Row> rows = rows(new Random(seed), 150, 3000, 12);

    ColumnFigures figures = SmallTables.figures(FieldType.CODE, rows);

    assertThat(figures.bars()).as("seed %s", seed).isEqualTo(plainly(rows));
  }

  /** The most frequent values of enough people; the first has the rows of few people as well. */
  private static List<Bar> plainly(List<Row> rows) {
    Map<String, Long> counts = new HashMap<>();
    rows.forEach(row -> counts.merge(row.value(), 1L, Long::sum));
    List<String> order = new ArrayList<>(counts.keySet());
    order.remove("");
    order.sort(
        Comparator.comparing((String value) -> -counts.getOrDefault(value, 0L))
            .thenComparing(v -> v));
    List<String> shown =
        order.stream()
            .filter(value -> SmallTables.people(rows, List.of(value)) > 10)
            .limit(8)
            .toList();
    List<String> rest = order.stream().filter(value -> !shown.contains(value)).toList();
    long hidden = 0;
    for (List<String> group : List.of(rest, List.of(""))) {
      hidden += SmallTables.people(rows, group) > 10 ? 0 : SmallTables.rows(rows, group);
    }
    List<Bar> bars = new ArrayList<>();
    for (String value : shown) {
      long count = counts.getOrDefault(value, 0L) + (bars.isEmpty() ? hidden : 0);
      bars.add(new Bar(value, 1, (count + 5) / 10 * 10));
    }
    return bars;
  }

  private static List<Row> rows(Random random, int people, int rows, int values) {
    List<Row> made = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      int value = (int) Math.abs(random.nextGaussian() * values);
      String text = random.nextInt(20) == 0 ? "" : Integer.toString(1000 + value * value * value);
      made.add(new Row(random.nextInt(people), text));
    }
    return made;
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24, 25, 26})
  void partsAndBatchesChangeNothing(long seed) {
    Random random = new Random(seed);
    List<Row> rows = rows(random, 80, 4000, 25);
    rows.sort(Comparator.comparingInt(Row::person));
    Effect year = new Effect.Period(Effect.PeriodUnit.YEAR);
    for (FieldType type :
        List.of(FieldType.CODE, FieldType.TEXT, FieldType.INTEGER, DECIMAL, FieldType.DATE)) {
      for (int most : List.of(20, 64, 4096)) {
        Effect effect = type.equals(FieldType.INTEGER) ? year : SmallTables.TRUE;
        TableCount whole = SmallTables.count(type, effect, most, rows, 4000);
        TableCount joined = SmallTables.empty(type, effect, most);
        for (int from = 0; from < rows.size(); ) {
          int to = Math.min(rows.size(), from + 1 + random.nextInt(900));
          TableCount part = SmallTables.empty(type, effect, most);
          part.read(
              SmallTables.count(type, effect, most, rows.subList(from, to), 1 + random.nextInt(99))
                  .toBytes());
          joined.join(part);
          from = to;
        }

        assertThat(joined.figures())
            .as("seed %s %s %s", seed, type, most)
            .isEqualTo(whole.figures());
      }
    }
  }

  @Test
  void aTableWithoutRowsHasNoFigures() {
    TableCount empty = SmallTables.empty(FieldType.CODE, SmallTables.TRUE, 64);
    TableCount read = SmallTables.empty(FieldType.CODE, SmallTables.TRUE, 64);
    read.read(empty.toBytes());
    read.join(empty);

    ColumnFigures figures = SmallTables.of(read);

    assertThat(figures.filled()).isEmpty();
    assertThat(figures.empty()).isEmpty();
    assertThat(figures.bars()).isEmpty();
  }

  @Test
  void yearsAreCountedOneByOne() {
    List<Row> rows = new ArrayList<>();
    for (int person = 0; person < 900; person++) {
      rows.add(new Row(person, Integer.toString(1950 + person % 30)));
    }

    ColumnFigures figures =
        SmallTables.of(
            SmallTables.count(
                FieldType.INTEGER, new Effect.Period(Effect.PeriodUnit.BIRTH_YEAR), 64, rows, 100));

    assertThat(figures.bars()).hasSize(30);
    assertThat(figures.bars().get(0)).isEqualTo(new Bar("1950 or before", 1, 30));
    assertThat(figures.bars().get(1)).isEqualTo(new Bar("1951", 1, 30));
    assertThat(figures.bars().get(29)).isEqualTo(new Bar("1979 or after", 1, 30));
    assertThat(figures.quantiles()).containsExactly("1951", "1957", "1964", "1972", "1978");
    assertThat(figures.distinct()).isEqualTo(OptionalLong.of(30));
  }

  @Test
  void daysAreCountedByYear() {
    List<Row> rows = new ArrayList<>();
    for (int person = 0; person < 1000; person++) {
      LocalDate day = LocalDate.of(2016 + person % 10, 1 + person % 12, 1 + person % 28);
      rows.add(new Row(person, Long.toString(day.toEpochDay())));
    }

    ColumnFigures figures = SmallTables.figures(FieldType.DATE, rows);

    assertThat(figures.bars().stream().map(Bar::label))
        .containsExactly(
            "2016 or before",
            "2017",
            "2018",
            "2019",
            "2020",
            "2021",
            "2022",
            "2023",
            "2024",
            "2025 or after");
    assertThat(figures.bars()).allMatch(bar -> bar.rows() == 100);
  }

  @ParameterizedTest
  @ValueSource(longs = {-719528, -1, 0, 59, 60, 11016, 18321, 20000, 2932896})
  void theMonthOfADayIsThatOfTheCalendar(long day) {
    LocalDate date = LocalDate.ofEpochDay(day);

    assertThat(Scale.month(day)).isEqualTo(12L * date.getYear() + date.getMonthValue() - 1);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 9, 10, -1, -10, -11, 99_999, 1L << 49, -(1L << 49), Long.MAX_VALUE})
  void aNumberBelongsToTheStepBelowIt(long number) {
    Scale scale = new Scale(Scale.Kind.NUMBER, 0, ColumnFigures.Shape.NUMBERS);

    assertThat(scale.key(number, 10)).isEqualTo(Math.floorDiv(number, 10L));
    assertThat(scale.key(number, 1000)).isEqualTo(Math.floorDiv(number, 1000L));
  }

  @Test
  void periodsInWordsAreCountedByYear() {
    List<Row> rows = new ArrayList<>();
    for (int person = 0; person < 100; person++) {
      rows.add(new Row(person, (2020 + person % 4) + "-Q" + (1 + person % 4)));
    }

    ColumnFigures figures =
        SmallTables.of(
            SmallTables.count(
                FieldType.CODE, new Effect.Period(Effect.PeriodUnit.QUARTER), 64, rows, 7));

    assertThat(figures.bars().stream().map(Bar::label))
        .containsExactly("2020 or before", "2021", "2022", "2023 or after");
  }

  @Test
  void manyDifferentValuesAreEstimatedInBoundedMemory() {
    List<Row> rows = IntStream.range(0, 60_000).mapToObj(i -> new Row(i / 3, "code-" + i)).toList();

    ColumnFigures figures = SmallTables.figures(FieldType.CODE, rows);

    assertThat(figures.bars()).isEmpty();
    assertThat(figures.filled()).isEqualTo(OptionalLong.of(60_000));
    assertThat(figures.distinct().orElseThrow()).isBetween(56_000L, 64_000L);
  }

  @Test
  void quantilesOfManyDifferentNumbersAreNear() {
    List<Integer> numbers = new ArrayList<>(IntStream.range(0, 100_000).boxed().toList());
    Collections.shuffle(numbers, new Random(5));
    List<Row> rows = new ArrayList<>();
    for (int number : numbers) {
      rows.add(new Row(rows.size() / 4, Integer.toString(number)));
    }

    ColumnFigures figures = SmallTables.figures(DECIMAL, rows);

    assertThat(figures.bars().get(1).label()).isEqualTo("50 to <100");
    assertThat(figures.quantiles()).containsExactly("under 50", "250", "500", "750", "950");
    assertThat(figures.distinct().orElseThrow()).isBetween(93_000L, 107_000L);
  }

  @Test
  void aLongValueMakesAColumnATextWhoseValuesAreNotShown() {
    List<Row> rows = new ArrayList<>(SmallTables.onePerPerson(Map.of("a", 20, "b", 20)));
    rows.add(new Row(99, "x".repeat(1 << 20)));

    ColumnFigures figures = SmallTables.figures(FieldType.CODE, rows);

    assertThat(figures.bars()).isEmpty();
    assertThat(figures.filled()).isEqualTo(OptionalLong.of(40));
  }

  @Test
  void numbersAtTheEndsOfTheirTypeAreCounted() {
    List<Row> rows = new ArrayList<>();
    for (int person = 0; person < 60; person++) {
      long number = person < 30 ? Long.MIN_VALUE + 1 + person : Long.MAX_VALUE - person;
      rows.add(new Row(person, Long.toString(number)));
    }

    ColumnFigures figures =
        SmallTables.of(SmallTables.count(FieldType.INTEGER, SmallTables.TRUE, 20, rows, 60));

    assertThat(figures.bars()).hasSize(2).allMatch(bar -> bar.rows() == 30);
  }
}
