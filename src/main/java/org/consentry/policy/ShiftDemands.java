package org.consentry.policy;

import java.util.List;

/**
 * What targets demand of shifted dates. Nobody has records before a clinic's first day or after its
 * last, so that a shifted date near an end of the records excludes shifts that would have moved it
 * from beyond that end. {@code ends: truncate} leaves such dates out ("shift and truncate",
 * Hripcsak 2016, doi 10.1093/jamia/ocw001).
 */
final class ShiftDemands {

  private static final String SHIFT = "dateShift";
  private static final String INTERVAL = "interval";

  private ShiftDemands() {}

  /**
   * Every rule says what happens near the ends of the records.
   *
   * @param prefix of the code, such as {@code ED}
   */
  static void ends(List<Rule> rules, String prefix, String citation, Findings findings) {
    for (Rule rule : rules) {
      if (rule.does(SHIFT) && rule.setting("ends").isEmpty()) {
        findings.add(
            rule,
            FindingCode.of(prefix, "SHIFT_ENDS"),
            citation,
            "is shifted, and its rule does not say what happens to dates near the first and last"
                + " day of the records, which narrow a person's shift",
            "add ends: truncate with from and to, which leaves them out, or ends: keep, which"
                + " releases them");
      }
    }
  }

  /** The days from a shifted date to one that is not truncated give that one as a shifted date. */
  static void intervals(List<Rule> rules, Findings findings) {
    if (rules.stream().noneMatch(ShiftDemands::truncates)) {
      return;
    }
    for (Rule rule : rules) {
      if (!rule.does(INTERVAL) || rule.does(INTERVAL, "in", "years")) {
        continue;
      }
      for (Rule.Input input : rule.inputs()) {
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
                  + " shifted day of the other, which may lie too near an end of the records",
              "use in: years, or shift and truncate the other column in the same table");
        }
      }
    }
  }

  /** A row of the same table leaves with its truncated dates alone; a person's own row stays. */
  private static boolean isTruncated(Rule.Input input, String table, List<Rule> rules) {
    return input.table().equals(table)
        && rules.stream()
            .filter(ShiftDemands::truncates)
            .anyMatch(rule -> rule.table().equals(table) && rule.column().equals(input.column()));
  }

  private static boolean truncates(Rule rule) {
    return rule.does(SHIFT, "ends", "truncate");
  }
}
