package org.consentry.policy;

import java.util.List;

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
  public PolicyReport check(PolicyInput input) {
    List<Rule> rules = Rule.of(input);
    Findings findings = new Findings();
    for (Rule rule : rules) {
      if (!CommonDemands.isHandled(rule)) {
        check(rule, findings);
      }
    }
    DerivedDemands.check(rules, shortWord(), citation(), findings);
    CommonDemands.shiftedBesideTrue(rules, findings);
    CommonDemands.refusalsTold(rules, findings);
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
    }
  }

  private static boolean isExcluded(Rule rule) {
    return CommonDemands.isDirect(rule) && rule.kind() != ColumnKind.OTHER_NUMBER;
  }
}
