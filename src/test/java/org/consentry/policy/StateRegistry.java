package org.consentry.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.consentry.config.Job.LegalBasis;
import org.consentry.data.Effect;
import org.consentry.data.ReleaseDetail;

/** A legal target that is not shipped: what a made-up registry of a state may receive. */
public final class StateRegistry implements Policy {

  private static final LegalTarget TARGET =
      new LegalTarget(
          "state-registry",
          "REG",
          "registry act, section 1",
          Set.of(LegalBasis.WAIVER),
          Optional.of("state-registry needs the registrar's word (registry act, section 2)"),
          LegalTarget.Reference.ANY_DATE,
          LegalTarget.Risk.MAY_BE_MEASURED,
          ReleaseDetail.AS_MAPPED,
          FindingCode.of("REG", List.of("SHIFTED"), List.of("YEAR")));

  @Override
  public LegalTarget target() {
    return TARGET;
  }

  @Override
  public PolicyReport check(PolicyInput input) {
    List<MappingRule> rules = MappingRules.of(input);
    Findings findings = new Findings(this);
    for (MappingRule rule : rules) {
      if (rule.has(Effect.ShiftedDate.class)) {
        findings.own(rule, "SHIFTED", "is a shifted date", "release the year");
      }
      if (rule.hasPeriod(Effect.PeriodUnit.YEAR)) {
        findings.own(rule, "YEAR", "is released as a year", "make sure that a year is enough");
      }
    }
    return findings.report(input, rules);
  }
}
