package org.consentry.policy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.consentry.data.Effect;

/**
 * Safe Harbor on the days between two events, (C). One day between an event of 2020 and one of 2021
 * is the last day of 2020 and the first of 2021: days beside the years of both ends give the days.
 * The years need not be those of the interval itself. Intervals of several rows of a person meet in
 * a common end, such as the death or the first operation, and add up to an interval between two
 * events whose years are released. So days are refused where the year of any event is released in
 * any table of the release, or where a year of birth beside an age gives one. Full years are
 * allowed: they give no more than a year.
 *
 * <p>Without any such year, days between events place nothing in the calendar.
 */
final class SafeHarborIntervals {

  private static final String DATES = Identifier.DATES.safeHarbor();
  private static final String BESIDE =
      "days between two events; the year of an event is released too, and years beside days can"
          + " give an exact day";

  private final boolean yearsReleased;

  /** Tables of which the years of two dates are released. */
  private final Set<String> twoYears;

  private SafeHarborIntervals(boolean yearsReleased, Set<String> twoYears) {
    this.yearsReleased = yearsReleased;
    this.twoYears = Set.copyOf(twoYears);
  }

  /** The demands on intervals that are released together with what these rules release. */
  static SafeHarborIntervals beside(List<MappingRule> rules) {
    List<MappingRule> released = rules.stream().filter(rule -> !rule.removesAll()).toList();
    boolean birth = released.stream().anyMatch(rule -> rule.kind() == ColumnKind.BIRTH);
    boolean age =
        released.stream()
            .anyMatch(rule -> rule.has(Effect.Age.class) || rule.kind() == ColumnKind.AGE);
    List<MappingRule> years = released.stream().filter(SafeHarborAges::releasesYear).toList();
    return new SafeHarborIntervals((birth && age) || !years.isEmpty(), withTwo(years));
  }

  private static Set<String> withTwo(List<MappingRule> years) {
    Map<String, Set<String>> columns = new HashMap<>();
    years.forEach(
        rule -> columns.computeIfAbsent(rule.table(), table -> new HashSet<>()).add(rule.column()));
    columns.values().removeIf(dates -> dates.size() < 2);
    return columns.keySet();
  }

  /** Whether the rule counts days that are refused. */
  boolean refuses(MappingRule rule) {
    return yearsReleased && rule.countsDays();
  }

  /** Whether the rule is refused, and nothing is left to report. */
  boolean check(MappingRule rule, Findings findings) {
    return refuses(rule)
        && findings.own(
            rule,
            "INTERVAL_DAYS",
            DATES,
            "counts " + BESIDE,
            "use in: years, or release no year of an event and no age");
  }

  /**
   * Days that the source has counted look like any other number; only the name is a hint. Any
   * number of days may be that between the two dates of its row: {@code days_supply}.
   */
  void doubt(MappingRule rule, Findings findings) {
    boolean removed = rule.has(Effect.Age.class) || rule.has(Effect.Code.class);
    boolean named =
        (yearsReleased && ColumnNames.isInterval(rule.column()))
            || (twoYears.contains(rule.table()) && ColumnNames.isDays(rule.column()));
    if (named && !removed && !rule.isDerived()) {
      findings.own(
          rule,
          "INTERVAL_KEPT",
          DATES,
          "by its name has " + BESIDE,
          "make sure that the years of its two events are not both known, or drop it");
    }
  }
}
