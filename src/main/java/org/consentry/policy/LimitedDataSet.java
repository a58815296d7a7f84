package org.consentry.policy;

import java.util.List;
import java.util.Set;
import org.consentry.config.Job.LegalBasis;
import org.consentry.config.OutputRule.Role;

/**
 * The limited data set, 45 CFR 164.514(e)(2): none of sixteen direct identifiers is released;
 * dates, towns and ZIP codes may be. The data use agreement (e)(4) is checked with the job.
 */
final class LimitedDataSet implements Policy {

  private static final String SHORT = "LDS";

  private static final List<FindingCode> CODES =
      FindingCode.of(
          SHORT,
          List.of("FREE_TEXT", "IDENTIFIER", "DERIVED_IDENTIFIER", "DERIVED_FREE_TEXT"),
          List.of("DERIVED_OF_TEXT"));

  @Override
  public String target() {
    return "limited-data-set";
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
    return "45 CFR 164.514(e)";
  }

  @Override
  public Set<LegalBasis> bases() {
    return Set.of(LegalBasis.AUTHORIZATION, LegalBasis.WAIVER, LegalBasis.LIMITED_DATA_SET);
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
    ShiftDemands.intervals(rules, findings);
    CommonDemands.reasons(input, rules, findings);
    return findings.report(rules);
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
          CommonDemands.direct(rule) + " and is released",
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
