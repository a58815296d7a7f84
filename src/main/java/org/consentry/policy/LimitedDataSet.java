package org.consentry.policy;

import java.util.List;
import java.util.Set;
import org.consentry.config.LegalBasis;
import org.consentry.config.Role;

/**
 * The limited data set, 45 CFR 164.514(e)(2): none of sixteen direct identifiers is released;
 * dates, towns and ZIP codes may be. The data use agreement (e)(4) is checked with the job.
 */
final class LimitedDataSet implements Policy {

  @Override
  public String target() {
    return "limited-data-set";
  }

  @Override
  public String shortWord() {
    return "LDS";
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
    List<Rule> rules = Rule.of(input);
    Findings findings = new Findings();
    for (Rule rule : rules) {
      if (!CommonDemands.isHandled(rule)) {
        check(rule, findings);
      }
    }
    DerivedDemands.check(rules, shortWord(), citation(), findings);
    TrueDates.besideShifted(rules, findings);
    ShiftDemands.intervals(rules, findings);
    CommonDemands.reasons(input, rules, findings);
    return findings.report(this, rules);
  }

  private static void check(Rule rule, Findings findings) {
    if (CommonDemands.isFreeText(rule)) {
      findings.add(
          rule,
          FindingCode.LDS_FREE_TEXT,
          "45 CFR 164.514(e)(2)",
          "holds free text, in which any direct identifier may stand",
          "drop or redact it");
    } else if (isExcluded(rule)) {
      findings.add(
          rule,
          FindingCode.LDS_IDENTIFIER,
          rule.kind()
              .identifier()
              .filter(Identifier::isOutsideLimitedDataSet)
              .map(Identifier::limitedDataSet)
              .orElse("45 CFR 164.514(e)(2)"),
          CommonDemands.direct(rule) + " and is released",
          "drop it, or pseudonymize it");
    } else if (rule.uses().contains(Rule.Use.PERSON)) {
      findings.add(
          rule,
          FindingCode.LDS_IDENTIFIER,
          "45 CFR 164.514(e)(2)",
          "holds the clinic's numbers of persons and is released",
          "drop it, or pseudonymize it");
    }
  }

  /** Other numbers are not among the sixteen, unless the mapping says that they identify. */
  private static boolean isExcluded(Rule rule) {
    return rule.role() == Role.DIRECT_IDENTIFIER
        || (rule.kind().isDirect() && rule.kind() != ColumnKind.OTHER_NUMBER);
  }
}
