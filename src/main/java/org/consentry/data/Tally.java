package org.consentry.data;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

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
    Map<String, Readings> readings) {

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

  /** A tally without answers, formulas and readings. */
  public Tally(
      long read,
      long released,
      Map<Exclusion, Long> excluded,
      Map<RejectReason, Long> rejected,
      Map<String, Long> withheld,
      Map<String, Long> blanked) {
    this(read, released, excluded, rejected, withheld, blanked, Map.of(), Map.of(), Map.of());
  }

  /** Adds two tallies. */
  public Tally plus(Tally other) {
    return new Tally(
        read + other.read,
        released + other.released,
        add(excluded, other.excluded, Exclusion.class),
        add(rejected, other.rejected, RejectReason.class),
        addNames(withheld, other.withheld),
        addNames(blanked, other.blanked),
        addAnswers(answers, other.answers),
        addNames(formulas, other.formulas),
        addReadings(readings, other.readings));
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

  private static Map<String, Map<String, Long>> addAnswers(
      Map<String, Map<String, Long>> a, Map<String, Map<String, Long>> b) {
    Map<String, Map<String, Long>> sum = new TreeMap<>(a);
    b.forEach((name, counts) -> sum.merge(name, counts, Tally::addNames));
    return sum;
  }

  private static Map<String, Readings> addReadings(
      Map<String, Readings> a, Map<String, Readings> b) {
    Map<String, Readings> sum = new TreeMap<>(a);
    b.forEach((name, cells) -> sum.merge(name, cells, Readings::plus));
    return sum;
  }

  private static Map<String, Long> addNames(Map<String, Long> a, Map<String, Long> b) {
    Map<String, Long> sum = new TreeMap<>(a);
    b.forEach((name, count) -> sum.merge(name, count, Long::sum));
    return sum;
  }
}
