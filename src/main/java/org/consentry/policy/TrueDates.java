package org.consentry.policy;

import java.util.List;
import java.util.Set;

/**
 * All dates of a person are shifted by the same number of days, so one true date, or a part of one,
 * beside a shifted one gives every date away.
 */
final class TrueDates {

  /** Operators whose answer is neither a date nor a part of one. */
  private static final Set<String> NO_DATES = Set.of("dateShift", "age", "pseudonymize");

  private static final Set<String> PERIODS = Set.of("year", "quarter", "month", "week");

  private TrueDates() {}

  /** Tells every true date, where any date is shifted. */
  static void besideShifted(List<Rule> rules, Findings findings) {
    List<Rule> shifted = rules.stream().filter(rule -> rule.does("dateShift")).toList();
    if (shifted.isEmpty()) {
      return;
    }
    for (Rule rule : rules) {
      boolean twice = shifted.stream().anyMatch(other -> sameSource(other, rule));
      if (!isTrueDate(rule, twice)) {
        continue;
      }
      if (twice) {
        findings.add(
            rule,
            FindingCode.DATE_TWICE,
            "a shift is a secret",
            "is released shifted and true, which gives the shift away",
            "release one of the two");
      } else {
        findings.add(
            rule,
            FindingCode.DATE_TRUE_BESIDE_SHIFTED,
            "a shift is a secret",
            "is released unshifted while other dates are shifted; whoever can match the two learns"
                + " the shift",
            "shift every date alike, or none");
      }
    }
  }

  private static boolean sameSource(Rule one, Rule other) {
    return !other.isDerived()
        && one.table().equals(other.table())
        && one.column().equals(other.column());
  }

  /**
   * Whether something of true dates is released. What a column holds counts, whatever type is
   * declared and whichever operator keeps a part of it.
   *
   * @param twice whether the same column is also shifted, and so holds dates
   */
  private static boolean isTrueDate(Rule rule, boolean twice) {
    if (rule.removesAll() || NO_DATES.contains(rule.operator())) {
      return false;
    }
    boolean holdsDates =
        rule.kind() == ColumnKind.DATE
            || rule.kind() == ColumnKind.BIRTH
            || rule.does("birth-year");
    boolean period =
        rule.does("generalize") && rule.setting("to").filter(PERIODS::contains).isPresent();
    return rule.givesDays() || (!rule.isDerived() && (twice || holdsDates || period));
  }
}
