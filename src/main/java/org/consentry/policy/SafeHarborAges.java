package org.consentry.policy;

import java.util.List;

/**
 * Safe Harbor on ages, (C): ages over 89, and all that tells one, are a single category.
 *
 * <p>An age of the source beside the year of an event tells a year of birth. Who was 88 at an event
 * of 2019 was born in 1930 or 1931, and is over 89 when the reference date is in 2026, though 88 is
 * not. A range that ends before {@code e} tells that the person was born after {@code year - e}, so
 * that whoever is over 89 now is at most {@code referenceDate - year + e}: a category narrower than
 * that of all people over 89. It tells nothing of them when {@code e + (referenceDate - year) <=
 * 90}. No record of a clinic is taken to be older than 45 years, so {@code e <= 90 - 45 = 45}.
 */
final class SafeHarborAges {

  private static final String AGES = Identifier.DATES.safeHarbor();
  private static final int OVER_89 = 90;
  private static final int OLDEST_EVENT_YEARS = 45;

  private final boolean yearsReleased;

  private SafeHarborAges(boolean yearsReleased) {
    this.yearsReleased = yearsReleased;
  }

  /** The demands on ages that are released together with what these rules release. */
  static SafeHarborAges beside(List<Rule> rules) {
    return new SafeHarborAges(rules.stream().anyMatch(SafeHarborAges::releasesYear));
  }

  /** Whether the year of an event is released. */
  static boolean releasesYear(Rule rule) {
    if (rule.removesAll() || rule.kind() == ColumnKind.BIRTH) {
      return false;
    }
    return rule.does("generalize", "to", "year")
        || rule.does("birth-year")
        || ColumnNames.isYear(rule.column());
  }

  /** Whether the rule gives ages, and all is told of it. */
  boolean check(Rule rule, Findings findings) {
    if (rule.does("age")) {
      if (rule.setting("topCode").isEmpty()) {
        findings.add(
            rule, FindingCode.SH_AGE, AGES, "becomes an age without a top code", "add topCode: 89");
      }
      return true;
    }
    if (rule.kind() != ColumnKind.AGE) {
      return false;
    }
    boolean ranges = rule.does("generalize", "to", "ranges");
    if (!ranges || lastBound(rule) > OVER_89) {
      findings.add(
          rule,
          FindingCode.SH_AGE,
          AGES,
          "releases ages that may be over 89",
          "use age with topCode: 89 on the date of the event, or ranges whose last begins at 90 or"
              + " below");
    } else if (yearsReleased && lastBound(rule) > OVER_89 - OLDEST_EVENT_YEARS) {
      findings.add(
          rule,
          FindingCode.SH_AGE,
          AGES,
          "releases ages beside the year of an event, which together tell years of birth of people"
              + " over 89",
          "use age with topCode: 89 on the date of the event, or ranges whose last begins at 45 or"
              + " below");
    }
    return true;
  }

  /** Where the last range begins and the last that has an end ends; unreadable is too great. */
  private static long lastBound(Rule rule) {
    return rule.list("lowerBounds").stream()
        .mapToLong(bound -> bound.matches("-?\\d{1,12}") ? Long.parseLong(bound) : Long.MAX_VALUE)
        .max()
        .orElse(Long.MAX_VALUE);
  }
}
