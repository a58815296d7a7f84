package org.consentry.export.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.consentry.data.FieldType;
import org.consentry.export.figures.SmallTables.Row;
import org.consentry.release.ColumnFigures;
import org.consentry.release.ColumnFigures.Bar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The attacker has the figures, the exact number of rows and this program. No number about fewer
 * than eleven people follows.
 */
final class MaskingTest {

  /**
   * All tables of so many people with one row each: whatever is shown, a group of one to ten people
   * could as well have another size.
   */
  @ParameterizedTest
  @ValueSource(ints = {12, 23, 34, 41})
  void noSizeOfASmallGroupFollowsFromFiguresAndExactTotals(int people) {
    attack(FieldType.CODE, List.of("F", "M", "X", ""), people);
    attack(FieldType.INTEGER, List.of("1", "2", "3", ""), people);
  }

  private static void attack(FieldType type, List<String> values, int people) {
    Map<ColumnFigures, List<Set<Integer>>> sizes = new HashMap<>();
    for (int f = 0; f <= people; f++) {
      for (int m = 0; f + m <= people; m++) {
        for (int x = 0; f + m + x <= people; x++) {
          List<Integer> groups = List.of(f, m, x, people - f - m - x);
          List<Set<Integer>> found =
              sizes.computeIfAbsent(shown(type, values, groups), key -> sets());
          for (int i = 0; i < groups.size(); i++) {
            found.get(i).add(groups.get(i));
          }
        }
      }
    }

    assertThat(sizes.values())
        .allSatisfy(
            groups ->
                assertThat(groups)
                    .allSatisfy(
                        found ->
                            assertThat(
                                    found.stream().noneMatch(size -> size >= 1 && size <= 10)
                                        || found.size() > 1)
                                .as("%s", groups)
                                .isTrue()));
  }

  private static List<Set<Integer>> sets() {
    List<Set<Integer>> sets = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      sets.add(new HashSet<>());
    }
    return sets;
  }

  private static ColumnFigures shown(FieldType type, List<String> values, List<Integer> groups) {
    Map<String, Integer> people = new HashMap<>();
    for (int i = 0; i < groups.size(); i++) {
      people.put(values.get(i), groups.get(i));
    }
    return SmallTables.figures(type, SmallTables.onePerPerson(people));
  }

  /** Rows of fewer people are as if they had the most frequent value. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void rowsOfFewPeopleLeaveNoTrace(long seed) {
    Random random = new Random(seed);
    List<Row> rows = new ArrayList<>();
    for (int person = 0; person < 60; person++) {
      for (int i = random.nextInt(4); i >= 0; i--) {
        rows.add(new Row(person, random.nextInt(3) == 0 ? "b" : "a"));
      }
    }
    List<Row> few = new ArrayList<>(rows);
    for (int person = 100; person < 100 + random.nextInt(11); person++) {
      for (int i = random.nextInt(40); i >= 0; i--) {
        few.add(new Row(person, random.nextBoolean() ? "" : "rare-" + random.nextInt(3)));
      }
    }
    List<Row> many =
        few.stream().map(row -> row.person() < 100 ? row : highest(row, rows)).toList();

    assertThat(SmallTables.figures(FieldType.CODE, few))
        .as("seed %s", seed)
        .isEqualTo(SmallTables.figures(FieldType.CODE, many));
  }

  private static Row highest(Row row, List<Row> rows) {
    boolean isA = SmallTables.rows(rows, List.of("a")) >= SmallTables.rows(rows, List.of("b"));
    return new Row(row.person(), isA ? "a" : "b");
  }

  /** The least and the greatest number may be any others beyond the inner bars. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void theEndsOfNumbersLeaveNoTrace(long seed) {
    Random random = new Random(seed);
    List<Row> rows = new ArrayList<>();
    for (int person = 0; person < 300; person++) {
      rows.add(new Row(person, Integer.toString(100 + random.nextInt(50))));
    }
    List<Row> near = new ArrayList<>(rows);
    List<Row> far = new ArrayList<>(rows);
    for (int person = 300; person < 310; person++) {
      near.add(new Row(person, person % 2 == 0 ? "99" : "150"));
      far.add(new Row(person, person % 2 == 0 ? "-123456" : "987654321"));
    }

    ColumnFigures figures = SmallTables.figures(FieldType.INTEGER, far);
    assertThat(figures.bars()).hasSizeGreaterThan(5);
    assertThat(figures.bars())
        .as("seed %s", seed)
        .isEqualTo(SmallTables.figures(FieldType.INTEGER, near).bars());
    assertThat(figures.toString()).doesNotContain("123456").doesNotContain("987654321");
  }

  /** Eleven people or more are behind every bar, in any table. */
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void manyPeopleAreBehindEveryBar(long seed) {
    Random random = new Random(seed);
    int people = 1 + random.nextInt(200);
    int values = 1 + random.nextInt(100);
    List<Row> rows = new ArrayList<>();
    for (int i = random.nextInt(2000); i >= 0; i--) {
      String value = Integer.toString((int) Math.abs(random.nextGaussian() * values));
      rows.add(new Row(random.nextInt(people), random.nextInt(9) == 0 ? "" : value));
    }

    List<Bar> bars = SmallTables.figures(FieldType.INTEGER, rows).bars();

    for (int i = 0; i < bars.size(); i++) {
      List<String> inside = inside(bars.get(i).label(), rows);
      assertThat(SmallTables.people(rows, inside)).as("seed %s %s", seed, bars).isGreaterThan(10);
    }
    assertThat(bars.stream().mapToLong(Bar::rows).sum())
        .isBetween(bars.isEmpty() ? 0L : rows.size() / 2L, rows.size() + 5L * bars.size());
  }

  /** The values of a range, read from its words. */
  private static List<String> inside(String label, List<Row> rows) {
    String[] words = label.split(" ", -1);
    long low = 0;
    long high = Long.MAX_VALUE;
    if (label.startsWith("up to ")) {
      high = Long.parseLong(words[2]);
    } else if (label.endsWith(" or more")) {
      low = Long.parseLong(words[0]);
    } else {
      String[] ends = label.split("-", -1);
      low = Long.parseLong(ends[0]);
      high = Long.parseLong(ends[ends.length - 1]);
    }
    long from = low;
    long to = high;
    return rows.stream()
        .map(Row::value)
        .filter(value -> !value.isEmpty())
        .filter(value -> Long.parseLong(value) >= from && Long.parseLong(value) <= to)
        .distinct()
        .toList();
  }

  @Test
  void peopleAndNotRowsDecide() {
    List<Row> rows = new ArrayList<>(SmallTables.onePerPerson(Map.of("many", 30)));
    for (int i = 0; i < 500; i++) {
      rows.add(new Row(100 + i % 10, "ten people"));
    }

    assertThat(SmallTables.figures(FieldType.CODE, rows).bars())
        .containsExactly(new Bar("many", 1, 530));
  }

  @Test
  void aTableOfTenPeopleShowsNothing() {
    ColumnFigures figures =
        SmallTables.figures(FieldType.CODE, SmallTables.onePerPerson(Map.of("a", 6, "", 4)));

    assertThat(figures.filled()).isEmpty();
    assertThat(figures.empty()).isEmpty();
    assertThat(figures.distinct()).isEmpty();
    assertThat(figures.bars()).isEmpty();
  }

  @Test
  void emptyCellsOfAllPeopleAreCountedAndNothingElse() {
    ColumnFigures figures =
        SmallTables.figures(FieldType.INTEGER, SmallTables.onePerPerson(Map.of("", 96, "7", 5)));

    assertThat(figures.filled()).isEmpty();
    assertThat(figures.empty()).isEqualTo(OptionalLong.of(100));
    assertThat(figures.bars()).isEmpty();
    assertThat(figures.quantiles()).isEmpty();
  }
}
