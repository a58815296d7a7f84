package org.consentry.policy;

import java.util.List;
import org.consentry.config.Role;

/** What more than one target demands. */
final class CommonDemands {

  private CommonDemands() {}

  /** Every released column says why, where the minimum necessary rule applies. */
  static void reasons(PolicyInput input, List<Rule> rules, Findings findings) {
    if (input.necessity() == PolicyInput.Necessity.NO_REASON_ASKED) {
      return;
    }
    for (Rule rule : rules) {
      if (rule.isReleased() && rule.output().why().isEmpty()) {
        findings.add(
            rule,
            FindingCode.WHY_MISSING,
            "45 CFR 164.502(b), 164.514(d)",
            "is released without a reason",
            "add why: what the study needs it for, or drop it");
      }
    }
  }

  /** Nothing of a direct identifier survives, except a code. */
  static boolean isHandled(Rule rule) {
    return rule.removesAll() || rule.does("pseudonymize");
  }

  /** Whether role or name say that the column identifies a person by itself. */
  static boolean isDirect(Rule rule) {
    return rule.role() == Role.DIRECT_IDENTIFIER || rule.kind().isDirect();
  }

  /** Whether role or name say that people write what they like into the column. */
  static boolean isFreeText(Rule rule) {
    return rule.role() == Role.FREE_TEXT || rule.kind() == ColumnKind.FREE_TEXT;
  }

  /** How a finding says that the name gives a column away. */
  static String direct(Rule rule) {
    return rule.kind().isDirect()
        ? "by its name holds " + rule.kind().identifier().orElseThrow().title()
        : "is a direct identifier";
  }
}
