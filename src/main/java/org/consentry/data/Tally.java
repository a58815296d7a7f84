package org.consentry.data;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/**
 * What became of the rows of one table or one part of it. Every row read is accounted for: {@code
 * read = released + excluded + rejected}.
 *
 * @param read rows read, at least 0
 * @param released rows written
 * @param excluded rows left out, by reason
 * @param rejected rows that could not be used, by reason
 * @param withheld released cells whose value, if any, was taken back because consent does not cover
 *     their column, by released column
 * @param blanked released cells set to missing because the operator could not take the value
 *     ({@code onInvalid: blank}), by released column
 * @param answers released cells by the operator's own word in them, by released column; only of
 *     columns whose words are the operator's and no cell's
 * @param formulas released cells that a {@link SpreadsheetFormula spreadsheet runs}, by released
 *     column
 * @param readings how many cells could be read as the dates or numbers that they are read as, of
 *     the rows of subjects who are not excluded; by source column, those that decide over rows or
 *     that several columns are made of
 * @param missing cells without a value in the rows read, by source column; only of sources that
 *     distinguish NULL from an empty text, and of columns that have such cells
 */
public record Tally(
    long read,
    long released,
    Map<Exclusion, Long> excluded,
    Map<RejectReason, Long> rejected,
    Map<String, Long> withheld,
    Map<String, Long> blanked,
    Map<String, Map<String, Long>> answers,
    Map<String, Long> formulas,
    Map<String, Readings> readings,
    Map<String, MissingCells> missing) {

  /**
   * Cells of a source column that are not empty.
   *
   * @param given how many there are
   * @param unreadable how many of them are no date or number as their column is written
   */
  public record Readings(long given, long unreadable) {

    public Readings {
      if (unreadable < 0 || unreadable > given) {
        throw new IllegalArgumentException("more cells cannot be read than there are");
      }
    }

    /** Adds two counts. */
    public Readings plus(Readings other) {
      return new Readings(given + other.given, unreadable + other.unreadable);
    }
  }

  /** Nothing read. */
  public static final Tally NONE = new Tally(0, 0, Map.of(), Map.of(), Map.of(), Map.of());

  public Tally {
    excluded = copy(Exclusion.class, excluded);
    rejected = copy(RejectReason.class, rejected);
    withheld = Collections.unmodifiableMap(new TreeMap<>(withheld));
    blanked = Collections.unmodifiableMap(new TreeMap<>(blanked));
    Map<String, Map<String, Long>> words = new TreeMap<>();
    answers.forEach(
        (name, counts) -> words.put(name, Collections.unmodifiableMap(new TreeMap<>(counts))));
    answers = Collections.unmodifiableMap(words);
    formulas = Collections.unmodifiableMap(new TreeMap<>(formulas));
    readings = Collections.unmodifiableMap(new TreeMap<>(readings));
    Map<String, MissingCells> cells = new TreeMap<>(missing);
    cells.values().removeIf(MissingCells::isNone);
    missing = Collections.unmodifiableMap(cells);
    if (read != released + sum(excluded) + sum(rejected)) {
      throw new IllegalArgumentException(
          "rows do not balance: read "
              + read
              + ", released "
              + released
              + ", excluded "
              + sum(excluded)
              + ", rejected "
              + sum(rejected));
    }
  }

  /** A tally without answers, formulas, readings and missing cells. */
  public Tally(
      long read,
      long released,
      Map<Exclusion, Long> excluded,
      Map<RejectReason, Long> rejected,
      Map<String, Long> withheld,
      Map<String, Long> blanked) {
    this(
        read, released, excluded, rejected, withheld, blanked, Map.of(), Map.of(), Map.of(),
        Map.of());
  }

  /** Adds two tallies. */
  public Tally plus(Tally other) {
    return new Tally(
        read + other.read,
        released + other.released,
        add(excluded, other.excluded, Exclusion.class),
        add(rejected, other.rejected, RejectReason.class),
        add(withheld, other.withheld, Long::sum),
        add(blanked, other.blanked, Long::sum),
        add(answers, other.answers, (words, others) -> add(words, others, Long::sum)),
        add(formulas, other.formulas, Long::sum),
        add(readings, other.readings, Readings::plus),
        add(missing, other.missing, MissingCells::plus));
  }

  /** The same with cells that have no value in the source, by source column. */
  public Tally with(Map<String, MissingCells> missing) {
    return new Tally(
        read, released, excluded, rejected, withheld, blanked, answers, formulas, readings,
        missing);
  }

  /** Rows left out, by group: every group, and every row that is not released. */
  public Map<ExclusionGroup, Long> groups() {
    EnumMap<ExclusionGroup, Long> groups = new EnumMap<>(ExclusionGroup.class);
    for (ExclusionGroup group : ExclusionGroup.values()) {
      groups.put(group, 0L);
    }
    excluded.forEach((reason, rows) -> groups.merge(reason.group(), rows, Long::sum));
    groups.merge(ExclusionGroup.NOT_USABLE, rejectedTotal(), Long::sum);
    return Collections.unmodifiableMap(groups);
  }

  /** All excluded rows. */
  public long excludedTotal() {
    return sum(excluded);
  }

  /** All rejected rows. */
  public long rejectedTotal() {
    return sum(rejected);
  }

  private static long sum(Map<?, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static <E extends Enum<E>> Map<E, Long> copy(Class<E> type, Map<E, Long> counts) {
    EnumMap<E, Long> copy = new EnumMap<>(type);
    counts.forEach(
        (reason, count) -> {
          if (count != 0) {
            copy.put(reason, count);
          }
        });
    return Collections.unmodifiableMap(copy);
  }

  private static <E extends Enum<E>> Map<E, Long> add(
      Map<E, Long> a, Map<E, Long> b, Class<E> type) {
    EnumMap<E, Long> sum = new EnumMap<>(type);
    sum.putAll(a);
    b.forEach((reason, count) -> sum.merge(reason, count, Long::sum));
    return sum;
  }

  private static <V> Map<String, V> add(
      Map<String, V> a, Map<String, V> b, BinaryOperator<V> plus) {
    Map<String, V> sum = new TreeMap<>(a);
    b.forEach((name, value) -> sum.merge(name, value, plus));
    return sum;
  }
}
