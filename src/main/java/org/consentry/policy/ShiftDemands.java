package org.consentry.policy;

import java.util.List;
import java.util.Optional;
import org.consentry.data.Effect;

/**
 * What targets demand of shifted dates. No person has records before a clinic's first day or after
 * its last, so that a shifted date near an end of the records excludes shifts that would have moved
 * it from beyond that end. {@code ends: truncate} leaves such dates out ("shift and truncate",
 * Hripcsak 2016, doi 10.1093/jamia/ocw001).
 */
final class ShiftDemands {

  private ShiftDemands() {}

  /** Every rule defines what happens near the ends of the records. */
  static void ends(List<MappingRule> rules, Findings findings) {
    for (MappingRule rule : rules) {
      if (rule.effect(Effect.ShiftedDate.class).filter(date -> date.ends().isEmpty()).isPresent()) {
        findings.own(
            rule,
            "SHIFT_ENDS",
            "is shifted, and its rule does not define what happens to dates near the first and last"
                + " day of the records, which narrow a person's shift",
            "add ends: truncate with from and to, which leaves them out, or ends: keep, which"
                + " releases them");
      }
    }
  }

  /** The days from a shifted date to one that is not truncated give that one as a shifted date. */
  static void intervals(List<MappingRule> rules, Findings findings) {
    if (rules.stream().noneMatch(ShiftDemands::truncates)) {
      return;
    }
    for (MappingRule rule : rules) {
      if (!rule.countsDays()) {
        continue;
      }
      for (MappingRule.Input input : rule.inputs()) {
        if (!isTruncated(input, rule.table(), rules)) {
          findings.add(
              rule,
              FindingCode.INTERVAL_PAST_SPAN,
              "a shift is a secret",
              "counts days from or to column '"
                  + input.column()
                  + "' of table '"
                  + input.table()
                  + "', whose dates are not truncated; beside a truncated date the days give the"
                  + " shifted day of the other, which may be too near an end of the records",
              "use in: years, or shift and truncate the other column in the same table");
        }
      }
    }
  }

  /** A row of the same table leaves with its truncated dates alone; a person's own row stays. */
  private static boolean isTruncated(
      MappingRule.Input input, String table, List<MappingRule> rules) {
    return input.table().equals(table)
        && rules.stream()
            .filter(ShiftDemands::truncates)
            .anyMatch(rule -> rule.table().equals(table) && rule.column().equals(input.column()));
  }

  private static boolean truncates(MappingRule rule) {
    return rule.effect(Effect.ShiftedDate.class)
        .filter(date -> date.ends().equals(Optional.of(Effect.Ends.TRUNCATE)))
        .isPresent();
  }
}
