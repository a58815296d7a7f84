package org.consentry.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.consentry.config.LegalBasis;

/**
 * Expert determination, 45 CFR 164.514(b)(1): what is enforced is what no expert would sign; the
 * expert's opinion itself is the attestation of the job.
 */
final class ExpertDetermination implements Policy {

  @Override
  public String target() {
    return "expert-determination";
  }

  @Override
  public String shortWord() {
    return "ED";
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
    List<Rule> rules = Rule.of(input);
    Findings findings = new Findings();
    for (Rule rule : rules) {
      if (!CommonDemands.isHandled(rule)) {
        Pseudonymization.check(rule, shortWord(), citation(), findings);
      }
    }
    DerivedDemands.check(rules, shortWord(), citation(), findings);
    TrueDates.besideShifted(rules, findings);
    ShiftDemands.ends(rules, shortWord(), citation(), findings);
    ShiftDemands.intervals(rules, findings);
    CommonDemands.reasons(input, rules, findings);
    return findings.report(this, rules);
  }
}
