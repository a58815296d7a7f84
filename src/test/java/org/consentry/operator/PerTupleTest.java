package org.consentry.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.consentry.data.Effect;
import org.consentry.data.FieldType;
import org.consentry.data.LongColumn;
import org.consentry.data.SubjectIndex;
import org.consentry.operator.PerTuple.Memory;
import org.consentry.operator.text.DateReader;
import org.consentry.problem.Problems;
import org.junit.jupiter.api.Test;

/** One answer per tuple of inputs, whatever the batch. */
final class PerTupleTest {

  private static final long SEED = 1_848L;
  private static final int ROWS = 9_000;

  /** Joins its inputs with a bar and counts its missing ones; refuses a second input of "no". */
  private static Transformer joining(Memory memory, AtomicInteger calls) {
    return PerTuple.of(
        List.of(FieldType.CODE, FieldType.INTEGER),
        memory,
        (tuple, answer) -> {
          calls.incrementAndGet();
          String first = tuple.isMissing(0) ? "" : tuple.text(0);
          String second = tuple.isMissing(1) ? "" : tuple.text(1);
          answer.text(0, first + second);
          answer.number(1, (first.isEmpty() ? 1 : 0) + (second.isEmpty() ? 1 : 0));
          if (second.equals("no")) {
            answer.invalid(1, "yes");
          }
        });
  }

  private static Rows.Cells cells(String text, String number) {
    return new Rows.Cells(List.of(Optional.of(text), Optional.of(number)), Optional.empty());
  }

  private static final Rows.Cells REFUSED =
      new Rows.Cells(List.of(Optional.empty(), Optional.empty()), Optional.of("1: yes"));

  @Test
  void givesSeveralColumnsOfOneTuple() {
    Rows rows =
        Rows.of(
            new String[] {"a", "b"},
            new String[] {"", "b"},
            new String[] {"ab", ""},
            new String[] {"a", "no"},
            new String[] {"", ""});

    for (Memory memory : Memory.values()) {
      assertThat(rows.transform(joining(memory, new AtomicInteger())))
          .containsExactly(
              cells("ab", "0"),
              cells("b", "1"),
              cells("ab", "1"),
              REFUSED,
              new Rows.Cells(List.of(Optional.empty(), Optional.of("2")), Optional.empty()));
    }
  }

  @Test
  void refusesEveryRowOfTheRefusedTuple() {
    Rows rows =
        Rows.of(new String[] {"a", "no"}, new String[] {"a", "b"}, new String[] {"a", "no"});

    assertThat(rows.transform(joining(Memory.ONCE_PER_TUPLE, new AtomicInteger())))
        .containsExactly(REFUSED, cells("ab", "0"), REFUSED);
  }

  @Test
  void appliesACostlyFunctionOncePerDistinctTuple() {
    AtomicInteger calls = new AtomicInteger();
    SplittableRandom random = new SplittableRandom(SEED);
    Set<List<String>> distinct = new HashSet<>();
    String[][] rows = new String[ROWS][];
    for (int i = 0; i < ROWS; i++) {
      rows[i] = new String[] {"v" + random.nextInt(9), random.nextInt(4) == 0 ? "" : "w"};
      distinct.add(List.of(rows[i]));
    }

    Rows.of(rows).transform(joining(Memory.ONCE_PER_TUPLE, calls));

    assertThat(calls).as("seed %d", SEED).hasValue(distinct.size());
  }

  @Test
  void givesUpRememberingWhenNearlyAllTuplesDiffer() {
    AtomicInteger calls = new AtomicInteger();
    String[][] rows =
        IntStream.range(0, ROWS)
            .mapToObj(i -> new String[] {"v" + i % (ROWS / 2), "w"})
            .toArray(String[][]::new);

    List<Rows.Cells> cells = Rows.of(rows).transform(joining(Memory.ONCE_PER_TUPLE, calls));

    assertThat(cells.subList(0, ROWS / 2)).isEqualTo(cells.subList(ROWS / 2, ROWS));
    assertThat(calls).hasValueGreaterThan(ROWS / 2);
  }

  @Test
  void answersDoNotDependOnBatchOrderThreadOrMemory() {
    List<List<Optional<String>>> columns =
        List.of(new Given(SEED).values(ROWS), new Given(SEED + 1).values(ROWS));
    Transformer transformer = joining(Memory.ONCE_PER_TUPLE, new AtomicInteger());
    List<Rows.Cells> whole = new Rows(columns).transform(transformer);

    List<Integer> order = new ArrayList<>(IntStream.range(0, ROWS).boxed().toList());
    SplittableRandom random = new SplittableRandom(SEED + 2);
    for (int i = ROWS - 1; i > 0; i--) {
      Collections.swap(order, i, random.nextInt(i + 1));
    }
    List<List<Optional<String>>> shuffled =
        columns.stream().map(column -> order.stream().map(column::get).toList()).toList();

    assertThat(new Rows(columns).transform(transformer, 7)).as("seed %d", SEED).isEqualTo(whole);
    assertThat(new Rows(columns).transform(joining(Memory.NO_MEMORY, new AtomicInteger())))
        .as("seed %d", SEED)
        .isEqualTo(whole);
    assertThat(new Rows(shuffled).transform(transformer))
        .as("seed %d", SEED)
        .isEqualTo(order.stream().map(whole::get).toList());
    assertThat(
            IntStream.range(0, 6)
                .parallel()
                .mapToObj(i -> new Rows(columns).transform(transformer, 2_000))
                .toList())
        .as("seed %d", SEED)
        .allMatch(whole::equals);
  }

  @Test
  void readsDaysOfTheSubject() {
    Transformer years =
        PerTuple.of(
            List.of(FieldType.INTEGER),
            Memory.ONCE_PER_TUPLE,
            (tuple, answer) -> answer.number(0, tuple.day(1, DateReader.ISO)));
    String[][] rows = {{"a", ""}, {"a", ""}};

    assertThat(Rows.of(rows).day(1, 17).transform(years))
        .containsOnly(new Rows.Cells(List.of(Optional.of("17")), Optional.empty()));
  }

  @Test
  void aDayOfTheSubjectIsNoCellOfTheRow() {
    Transformer text =
        PerTuple.of(List.of(FieldType.CODE), Memory.NO_MEMORY, (tuple, answer) -> tuple.text(0));

    assertThatThrownBy(() -> Rows.of(new String[][] {{"a"}}).day(0, 17).transform(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("input 0 is no column of the row");
  }

  @Test
  void anUnknownDayOfTheSubjectIsMissing() {
    Transformer missing =
        PerTuple.of(
            List.of(FieldType.INTEGER),
            Memory.ONCE_PER_TUPLE,
            (tuple, answer) -> answer.number(0, tuple.isMissing(0) ? 1 : 0));

    assertThat(Rows.of(new String[][] {{"a"}}).day(0, SubjectIndex.UNKNOWN_DAY).transform(missing))
        .containsExactly(new Rows.Cells(List.of(Optional.of("1")), Optional.empty()));
    assertThat(Rows.of(new String[][] {{"a"}}).day(0, 0).transform(missing))
        .containsExactly(new Rows.Cells(List.of(Optional.of("0")), Optional.empty()));
  }

  @Test
  void rowsOfSubjectsWithOtherDaysAreOtherTuples() {
    Transformer days =
        PerTuple.of(
            List.of(FieldType.INTEGER),
            Memory.ONCE_PER_TUPLE,
            (tuple, answer) -> answer.number(0, tuple.day(0, DateReader.ISO)));
    TransformInput input =
        new TransformInput(
            List.of(new TransformInput.Values.Days(new int[] {5, 7})),
            new int[] {0, 1, 2, 3},
            4,
            new int[] {1, 0, 1, 0},
            new Subjects().index(),
            (position, at, expected) -> {});

    assertThat(((LongColumn) days.transform(input).get(0)).values()).containsExactly(7, 5, 7, 5);
  }

  @Test
  void refusesAnAnswerOfAnotherForm() {
    Rows rows = Rows.of(new String[][] {{"a"}});
    Transformer text =
        PerTuple.of(
            List.of(FieldType.INTEGER), Memory.NO_MEMORY, (tuple, answer) -> answer.text(0, "a"));
    Transformer number =
        PerTuple.of(
            List.of(FieldType.CODE), Memory.NO_MEMORY, (tuple, answer) -> answer.number(0, 1));

    assertThatThrownBy(() -> rows.transform(text)).hasMessage("the output is no text");
    assertThatThrownBy(() -> rows.transform(number)).hasMessage("the output is no number");
  }

  /** The reference implementation of {@code interval}. */
  private static Rows.Cells years(LocalDate from, LocalDate to) {
    if (from.getYear() < 1901 || to.getYear() < 1901) {
      String invalid = (from.getYear() < 1901 ? 0 : 1) + ": a date (yyyy-MM-dd) from 1901 to 2036";
      return new Rows.Cells(List.of(Optional.empty()), Optional.of(invalid));
    }
    long years =
        from.isAfter(to) ? -ChronoUnit.YEARS.between(to, from) : ChronoUnit.YEARS.between(from, to);
    Optional<String> released =
        Math.abs(years) < 90 ? Optional.of(Long.toString(years)) : Optional.empty();
    return new Rows.Cells(List.of(released), Optional.empty());
  }

  @Test
  void countsFullYearsLikeTheCalendar() {
    Given given = new Given(SEED);
    List<Optional<String>> first = new ArrayList<>();
    List<Optional<String>> second = new ArrayList<>();
    List<Rows.Cells> expected = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      LocalDate from = given.day();
      LocalDate to = given.day();
      first.add(Optional.of(from.toString()));
      second.add(Optional.of(to.toString()));
      expected.add(years(from, to));
    }
    RuleContext context =
        Context.of(
            Context.mapping(OperatorFixtures.REFERENCE, Map.of()),
            "visits",
            List.of(
                new RuleContext.Bound("start", List.of(new InputSource.OfRow("a"))),
                new RuleContext.Bound("end", List.of(new InputSource.OfRow("b")))),
            List.of(new RuleContext.Output("interval", "years", FieldType.INTEGER, Context.PLACE)));
    Transformer years =
        new Interval()
            .bind(new Interval.Config(Effect.IntervalUnit.YEARS), context, new Problems())
            .orElseThrow()
            .open(new MacKeys());

    assertThat(new Rows(List.of(first, second)).transform(years))
        .as("seed %d", SEED)
        .isEqualTo(expected);
  }
}
