package org.consentry.policy;

import java.util.List;
import org.consentry.data.Effect;
import org.consentry.data.Effect.PeriodUnit;

/**
 * Safe Harbor on ages, (C): ages over 89, and everything that reveals one, are a single category.
 *
 * <p>An age of the source beside the year of an event reveals a year of birth. Who was 88 at an
 * event of 2019 was born in 1930 or 1931, and is over 89 when the reference date is in 2026, though
 * 88 is not. A range that ends before {@code e} shows that the person was born after {@code year -
 * e}, so that a person over 89 now is at most {@code referenceDate - year + e}: a category narrower
 * than that of all people over 89. It reveals nothing of them when {@code e + (referenceDate -
 * year) <= 90}. No record of a clinic is taken to be older than 45 years, so {@code e <= 90 - 45 =
 * 45}.
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
  static SafeHarborAges beside(List<MappingRule> rules) {
    return new SafeHarborAges(rules.stream().anyMatch(SafeHarborAges::releasesYear));
  }

  /** Whether the year of an event is released. */
  static boolean releasesYear(MappingRule rule) {
    if (rule.removesAll() || rule.kind() == ColumnKind.BIRTH) {
      return false;
    }
    return rule.hasPeriod(PeriodUnit.YEAR, PeriodUnit.BIRTH_YEAR)
        || ColumnNames.isYear(rule.column());
  }

  /** Whether the rule gives ages, and nothing is left to report. */
  boolean check(MappingRule rule, Findings findings) {
    if (rule.has(Effect.Age.class)) {
      if (rule.effect(Effect.Age.class).flatMap(Effect.Age::topCode).orElse(OVER_89) >= OVER_89) {
        findings.own(rule, "AGE", AGES, "becomes an age without a top code", "add topCode: 89");
      }
      return true;
    }
    if (rule.kind() != ColumnKind.AGE) {
      return false;
    }
    if (lastBound(rule) > OVER_89) {
      findings.own(
          rule,
          "AGE",
          AGES,
          "releases ages that may be over 89",
          "use age with topCode: 89 on the date of the event, or ranges whose last begins at 90 or"
              + " below");
    } else if (yearsReleased && lastBound(rule) > OVER_89 - OLDEST_EVENT_YEARS) {
      findings.own(
          rule,
          "AGE",
          AGES,
          "releases ages beside the year of an event, which together reveal years of birth of people"
              + " over 89",
          "use age with topCode: 89 on the date of the event, or ranges whose last begins at 45 or"
              + " below");
    }
    return true;
  }

  /** The number at and above which all values are one; too great where there is none. */
  private static long lastBound(MappingRule rule) {
    return rule.effect(Effect.TruePart.class)
        .flatMap(Effect.TruePart::lastBound)
        .orElse(Long.MAX_VALUE);
  }
}
