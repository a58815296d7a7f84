package org.consentry.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.consentry.config.Job.LegalBasis;
import org.consentry.config.OutputRule.Role;
import org.consentry.data.ReleaseDetail;

/**
 * The limited data set, 45 CFR 164.514(e)(2): none of sixteen direct identifiers is released;
 * dates, towns and ZIP codes may be. The data use agreement (e)(4) is checked with the job.
 */
final class LimitedDataSet implements Policy {

  private static final LegalTarget TARGET =
      new LegalTarget(
          "limited-data-set",
          "LDS",
          "45 CFR 164.514(e)",
          Set.of(LegalBasis.AUTHORIZATION, LegalBasis.WAIVER, LegalBasis.LIMITED_DATA_SET),
          Optional.empty(),
          LegalTarget.Reference.ANY_DATE,
          LegalTarget.Risk.MAY_BE_MEASURED,
          ReleaseDetail.DAYS,
          FindingCode.of(
              "LDS",
              List.of("FREE_TEXT", "IDENTIFIER", "DERIVED_IDENTIFIER", "DERIVED_FREE_TEXT"),
              List.of("DERIVED_OF_TEXT")));

  @Override
  public LegalTarget target() {
    return TARGET;
  }

  @Override
  public PolicyReport check(PolicyInput input) {
    List<MappingRule> rules = MappingRules.of(input);
    Findings findings = new Findings(this);
    rules.stream().filter(rule -> !rule.isHandled()).forEach(rule -> check(rule, findings));
    DerivedDemands.check(rules, findings);
    TrueDates.besideShifted(rules, findings);
    ShiftDemands.intervals(rules, findings);
    return findings.report(input, rules);
  }

  private static void check(MappingRule rule, Findings findings) {
    if (rule.isFreeText()) {
      findings.own(
          rule,
          "FREE_TEXT",
          "45 CFR 164.514(e)(2)",
          "has free text, which may contain any direct identifier",
          "drop or redact it");
    } else if (isExcluded(rule)) {
      findings.own(
          rule,
          "IDENTIFIER",
          rule.kind()
              .identifier()
              .filter(Identifier::isOutsideLimitedDataSet)
              .map(Identifier::limitedDataSet)
              .orElse("45 CFR 164.514(e)(2)"),
          rule.identifies() + " and is released",
          "drop it, or pseudonymize it");
    } else if (rule.uses().contains(MappingRule.Use.PERSON)) {
      findings.own(
          rule,
          "IDENTIFIER",
          "45 CFR 164.514(e)(2)",
          "has the clinic's numbers of persons and is released",
          "drop it, or pseudonymize it");
    }
  }

  /** Other numbers are not among the sixteen, unless the mapping calls them identifiers. */
  private static boolean isExcluded(MappingRule rule) {
    return rule.role() == Role.DIRECT_IDENTIFIER
        || (rule.kind().isDirect() && rule.kind() != ColumnKind.OTHER_NUMBER);
  }
}
