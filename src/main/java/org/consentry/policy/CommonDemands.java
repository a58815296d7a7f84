package org.consentry.policy;

import java.util.List;
import org.consentry.data.Effect;

/** What more than one target demands. */
final class CommonDemands {

  private CommonDemands() {}

  /** Every released column has a reason, where the minimum necessary rule applies. */
  static void reasons(PolicyInput input, List<MappingRule> rules, Findings findings) {
    if (input.necessity() == PolicyInput.Necessity.NO_REASON_ASKED) {
      return;
    }
    for (MappingRule rule : rules) {
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
  static boolean isHandled(MappingRule rule) {
    return rule.removesAll() || rule.has(Effect.Code.class);
  }

  /** The beginning of a finding about an identifier. */
  static String direct(MappingRule rule) {
    return rule.kind().isDirect()
        ? "by its name has " + rule.kind().identifier().orElseThrow().title()
        : "is a direct identifier";
  }
}
