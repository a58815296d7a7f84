package org.consentry.policy;

import java.util.List;
import java.util.Set;
import org.consentry.config.Job.LegalBasis;
import org.consentry.config.OutputRule.Role;

/**
 * Pseudonymised data, GDPR article 4(5): without additional information nothing is attributed to a
 * person. It stays personal data.
 */
final class Pseudonymization implements Policy {

  private static final String SHORT = "GDPR";

  private static final List<FindingCode> CODES =
      FindingCode.of(
          SHORT,
          List.of(
              "FREE_TEXT",
              "IDENTIFIER",
              "KEY_KEPT",
              "SHIFT_ENDS",
              "DERIVED_IDENTIFIER",
              "DERIVED_FREE_TEXT"),
          List.of("DERIVED_OF_TEXT"));

  @Override
  public String target() {
    return "gdpr-pseudonymised";
  }

  @Override
  public String shortWord() {
    return SHORT;
  }

  @Override
  public List<FindingCode> codes() {
    return CODES;
  }

  @Override
  public String citation() {
    return "GDPR article 4(5)";
  }

  @Override
  public Set<LegalBasis> bases() {
    return Set.of(LegalBasis.GDPR_CONSENT);
  }

  @Override
  public PolicyReport check(PolicyInput input) {
    List<MappingRule> rules = MappingRules.of(input);
    Findings findings = new Findings(this);
    for (MappingRule rule : rules) {
      if (!CommonDemands.isHandled(rule)) {
        check(rule, findings);
      }
    }
    DerivedDemands.check(rules, findings);
    TrueDates.besideShifted(rules, findings);
    ShiftDemands.ends(rules, findings);
    ShiftDemands.intervals(rules, findings);
    CommonDemands.reasons(input, rules, findings);
    return findings.report(rules);
  }

  /** No direct identifier, no record key and no free text is released as it is. */
  static void check(MappingRule rule, Findings findings) {
    if (rule.isFreeText()) {
      findings.own(
          rule,
          "FREE_TEXT",
          "has free text, which may contain any identifier",
          "drop or redact it");
    } else if (rule.isDirect()) {
      findings.own(
          rule,
          "IDENTIFIER",
          CommonDemands.direct(rule) + " and is released",
          "drop it, or pseudonymize it");
    } else if (rule.joins() || rule.role() == Role.LINKAGE_KEY) {
      findings.own(
          rule,
          "KEY_KEPT",
          "is a record's key and is released otherwise than as a code",
          "pseudonymize it");
    }
  }
}
