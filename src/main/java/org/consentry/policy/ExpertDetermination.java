package org.consentry.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.consentry.config.Job.LegalBasis;

/**
 * Expert determination, 45 CFR 164.514(b)(1): what is enforced is what no expert would sign; the
 * expert's opinion itself is the attestation of the job.
 */
final class ExpertDetermination implements Policy {

  private static final String SHORT = "ED";

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
    return "expert-determination";
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
    return "45 CFR 164.514(b)(1)";
  }

  @Override
  public Set<LegalBasis> bases() {
    return Set.of(LegalBasis.AUTHORIZATION, LegalBasis.WAIVER, LegalBasis.DE_IDENTIFIED);
  }

  @Override
  public Optional<String> attestation() {
    return Optional.of(
        "expert-determination needs the expert's word that the risk is very small"
            + " (45 CFR 164.514(b)(1))");
  }

  @Override
  public PolicyReport check(PolicyInput input) {
    List<MappingRule> rules = MappingRules.of(input);
    Findings findings = new Findings(this);
    for (MappingRule rule : rules) {
      if (!CommonDemands.isHandled(rule)) {
        Pseudonymization.check(rule, findings);
      }
    }
    DerivedDemands.check(rules, findings);
    TrueDates.besideShifted(rules, findings);
    ShiftDemands.ends(rules, findings);
    ShiftDemands.intervals(rules, findings);
    CommonDemands.reasons(input, rules, findings);
    return findings.report(rules);
  }
}
