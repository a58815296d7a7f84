package org.consentry.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.consentry.config.Job.LegalBasis;
import org.consentry.config.OutputRule.Role;
import org.consentry.data.ReleaseDetail;

/**
 * Identified records, for the kinds of disclosure beside research. What may leave is decided by
 * consent or by a document; this asks a reason for every column (45 CFR 164.502(b)), and that a
 * list for contacting people has nothing but what contacting needs.
 *
 * @param target with the legal bases that distinguish the two
 */
record Identified(LegalTarget target) implements Policy {

  /** Records of an insurer's request or a legal process. */
  static final Policy RECORDS =
      new Identified(
          target(
              "identified",
              "IDENTIFIED",
              "45 CFR 164.506(c)(3), 164.512(a), (e) and (f)",
              Set.of(LegalBasis.PAYMENT, LegalBasis.REQUIRED_BY_LAW),
              List.of()));

  /** Lists by which the clinic contacts its patients. */
  static final Policy CONTACTS =
      new Identified(
          target(
              "contact-list",
              "CONTACT",
              "45 CFR 164.508(a)(3)",
              Set.of(LegalBasis.MARKETING_AUTHORIZATION, LegalBasis.RECONTACT_AUTHORIZATION),
              FindingCode.of("CONTACT", List.of("ROLE"), List.of())));

  private static LegalTarget target(
      String word,
      String shortWord,
      String citation,
      Set<LegalBasis> bases,
      List<FindingCode> codes) {
    return new LegalTarget(
        word,
        shortWord,
        citation,
        bases,
        Optional.empty(),
        LegalTarget.Reference.ANY_DATE,
        LegalTarget.Risk.MAY_BE_MEASURED,
        ReleaseDetail.AS_MAPPED,
        codes);
  }

  @Override
  public PolicyReport check(PolicyInput input) {
    List<MappingRule> rules = MappingRules.of(input);
    Findings findings = new Findings(this);
    if (!target.codes().isEmpty()) {
      rules.stream()
          .filter(rule -> rule.isReleased() && rule.role() != Role.DIRECT_IDENTIFIER)
          .forEach(
              rule ->
                  findings.own(
                      rule,
                      "ROLE",
                      "is no name, channel or address, and a list for contacting people has nothing"
                          + " else",
                      "drop it"));
    }
    return findings.report(input, rules);
  }
}
