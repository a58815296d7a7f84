package org.consentry.policy;

import java.util.List;
import org.consentry.data.Effect;

/**
 * All dates of a person are shifted by the same number of days, so one true date, or a part of one,
 * beside a shifted one gives every date away.
 */
final class TrueDates {

  private TrueDates() {}

  /** Tells every true date, where any date is shifted. */
  static void besideShifted(List<MappingRule> rules, Findings findings) {
    List<MappingRule> shifted =
        rules.stream().filter(rule -> rule.has(Effect.ShiftedDate.class)).toList();
    if (shifted.isEmpty()) {
      return;
    }
    for (MappingRule rule : rules) {
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
            "is released unshifted while other dates are shifted; a person who can match the two learns"
                + " the shift",
            "shift every date alike, or none");
      }
    }
  }

  private static boolean sameSource(MappingRule one, MappingRule other) {
    return !other.isDerived()
        && one.table().equals(other.table())
        && one.column().equals(other.column());
  }

  /**
   * Whether something of true dates is released. The content of a column counts, whatever type is
   * declared and whichever operator keeps a part of it.
   *
   * @param twice whether the same column is also shifted, and so has dates
   */
  private static boolean isTrueDate(MappingRule rule, boolean twice) {
    if (rule.removesAll() || isNoDate(rule)) {
      return false;
    }
    boolean hasDates =
        rule.kind() == ColumnKind.DATE
            || rule.kind() == ColumnKind.BIRTH
            || rule.has(Effect.Period.class);
    return rule.givesDays() || (!rule.isDerived() && (twice || hasDates));
  }

  /** Whether the released values are neither a date nor a part of one. */
  private static boolean isNoDate(MappingRule rule) {
    return rule.has(Effect.ShiftedDate.class)
        || rule.has(Effect.Age.class)
        || rule.has(Effect.Code.class);
  }
}
