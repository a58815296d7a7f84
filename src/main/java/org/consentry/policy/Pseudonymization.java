package org.consentry.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.consentry.config.Job.LegalBasis;
import org.consentry.config.OutputRule.Role;
import org.consentry.data.ReleaseDetail;
import org.consentry.policy.LegalTarget.Reference;

/**
 * Pseudonymised data: no direct identifier, no record key and no free text is released as it is.
 *
 * <p>GDPR article 4(5): without additional information nothing is attributed to a person; it stays
 * personal data. Expert determination, 45 CFR 164.514(b)(1): this is what no expert would sign
 * without; the expert's opinion itself is the attestation of the job.
 *
 * @param target which of the two
 */
record Pseudonymization(LegalTarget target) implements Policy {

  static final Policy EXPERT_DETERMINATION =
      new Pseudonymization(
          new LegalTarget(
              "expert-determination",
              "ED",
              "45 CFR 164.514(b)(1)",
              Set.of(LegalBasis.AUTHORIZATION, LegalBasis.WAIVER, LegalBasis.DE_IDENTIFIED),
              Optional.of(
                  "expert-determination needs the expert's word that the risk is very small"
                      + " (45 CFR 164.514(b)(1))"),
              Reference.ANY_DATE,
              LegalTarget.Risk.MUST_BE_MEASURED,
              ReleaseDetail.AS_MAPPED,
              codes("ED")));

  static final Policy GDPR =
      new Pseudonymization(
          new LegalTarget(
              "gdpr-pseudonymised",
              "GDPR",
              "GDPR article 4(5)",
              Set.of(LegalBasis.GDPR_CONSENT),
              Optional.empty(),
              Reference.ANY_DATE,
              LegalTarget.Risk.MAY_BE_MEASURED,
              ReleaseDetail.AS_MAPPED,
              codes("GDPR")));

  private static List<FindingCode> codes(String shortWord) {
    return FindingCode.of(
        shortWord,
        List.of(
            "FREE_TEXT",
            "IDENTIFIER",
            "KEY_KEPT",
            "SHIFT_ENDS",
            "DERIVED_IDENTIFIER",
            "DERIVED_FREE_TEXT"),
        List.of("DERIVED_OF_TEXT"));
  }

  @Override
  public PolicyReport check(PolicyInput input) {
    List<MappingRule> rules = MappingRules.of(input);
    Findings findings = new Findings(this);
    rules.stream().filter(rule -> !rule.isHandled()).forEach(rule -> check(rule, findings));
    DerivedDemands.check(rules, findings);
    TrueDates.besideShifted(rules, findings);
    ShiftDemands.ends(rules, findings);
    ShiftDemands.intervals(rules, findings);
    return findings.report(input, rules);
  }

  private static void check(MappingRule rule, Findings findings) {
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
          rule.identifies() + " and is released",
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
