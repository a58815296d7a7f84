package org.consentry.policy;

import java.util.List;
import java.util.Set;
import org.consentry.config.LegalBasis;
import org.consentry.config.Role;

/**
 * Pseudonymised data, GDPR article 4(5): without additional information nothing is attributed to a
 * person. It stays personal data.
 */
final class Pseudonymization implements Policy {

  @Override
  public String target() {
    return "gdpr-pseudonymised";
  }

  @Override
  public String shortWord() {
    return "GDPR";
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
    List<Rule> rules = Rule.of(input);
    Findings findings = new Findings();
    for (Rule rule : rules) {
      if (!CommonDemands.isHandled(rule)) {
        check(rule, shortWord(), citation(), findings);
      }
    }
    DerivedDemands.check(rules, shortWord(), citation(), findings);
    TrueDates.besideShifted(rules, findings);
    ShiftDemands.ends(rules, shortWord(), citation(), findings);
    ShiftDemands.intervals(rules, findings);
    CommonDemands.reasons(input, rules, findings);
    return findings.report(this, rules);
  }

  /** No direct identifier, no record key and no free text is released as it is. */
  static void check(Rule rule, String prefix, String citation, Findings findings) {
    if (CommonDemands.isFreeText(rule)) {
      findings.add(
          rule,
          FindingCode.of(prefix, "FREE_TEXT"),
          citation,
          "holds free text, in which any identifier may stand",
          "drop or redact it");
    } else if (CommonDemands.isDirect(rule)) {
      findings.add(
          rule,
          FindingCode.of(prefix, "IDENTIFIER"),
          citation,
          CommonDemands.direct(rule) + " and is released",
          "drop it, or pseudonymize it");
    } else if (rule.joins() || rule.role() == Role.LINKAGE_KEY) {
      findings.add(
          rule,
          FindingCode.of(prefix, "KEY_KEPT"),
          citation,
          "is a record's key and is released otherwise than as a code",
          "pseudonymize it");
    }
  }
}
