package org.consentry.operator.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.consentry.operator.Rules;
import org.junit.jupiter.api.Test;

/** Which order of sets and rules can be meant, and which rules decide a row. */
final class RuleOrderTest {

  @Test
  void findsAnOrderOfDiagnoses() {
    assertThat(Rules.findings(Rules.small("codes: [Z41.1]", "codes: [Z41.1], before: born")))
        .containsExactly(
            "rules.yaml:8:53: error PRECEDENCE only procedure sets have an order: a row has one"
                + " procedure and many diagnoses; remove before");
  }

  @Test
  void findsAnOrderOfSetsThatAreNotThere() {
    assertThat(Rules.findings(Rules.small("codes: [40700]", "codes: [40700], before: lsited")))
        .containsExactly(
            "rules.yaml:7:55: error UNKNOWN_SET there is no set 'lsited'; did you mean 'listed'?");
    assertThat(Rules.findings(Rules.small("codes: [40700]", "codes: [40700], before: born")))
        .containsExactly(
            "rules.yaml:7:55: error WRONG_SET set 'born' has codes of another kind; one of: listed,"
                + " repaired");
  }

  @Test
  void findsSetsThatEachComeBeforeTheOther() {
    String text =
        Rules.small("codes: [40700]", "codes: [40700, 157-], before: listed")
            .replace("codes: [15780-15783]", "codes: [15780-15783], before: repaired");

    assertThat(Rules.findings(text))
        .containsExactly(
            "rules.yaml:7:61: error PRECEDENCE 'listed' and 'repaired' each name the other under"
                + " before; remove one of the two");
  }

  @Test
  void aSetThatIncludesAnotherSharesItsCodes() {
    assertThat(Rules.findings(Rules.small("codes: [40700]", "codes: [40700], sets: listed")))
        .isEmpty();
  }

  @Test
  void anEntitlementTestsItsProcedures() {
    String text =
        Rules.small("codes: [40700]", "codes: [40700, 157-], before: listed")
            .replace(
                "mandates: {}",
                "mandates: {X: {states: CA, procedures: repaired, source: none, asOf: 2026-01-01},"
                    + " W: {states: NM, procedures: repaired, source: none, asOf: 2026-01-01}}")
            .replace(
                "  - {rule: 1,",
                "  - {rule: 0, class: RECONSTRUCTIVE_BY_BENEFIT, basis: EARLY, when: {mandate: X}}\n"
                    + "  - {rule: 1,");

    assertThat(Rules.findings(text)).isEmpty();
    assertThat(
            Rules.findings(
                text.replace("mandate: X}", "mandate: any-state}")
                    .replace("{procedure: repaired, mandate: any-state}", "{procedure: repaired}")))
        .isEmpty();
  }

  @Test
  void aRuleThatNeedsSeveralDiagnosesDecidesARow() {
    String several =
        "  - {rule: 0, class: INDETERMINATE, basis: BOTH, when: {diagnosis: wanted, alsoDiagnosis:"
            + " born}}\n  - {rule: 1,";

    assertThat(Rules.findings(Rules.small("  - {rule: 1,", several))).isEmpty();
  }

  @Test
  void aRuleForRowsWithoutACodeDecidesARow() {
    String missing =
        "  - {rule: 0, class: INDETERMINATE, basis: NO_CODE, when: [{missing: procedure}, {missing:"
            + " diagnosis}]}\n  - {rule: 1,";
    String never =
        "  - {rule: 0, class: INDETERMINATE, basis: NO_CODE, when: {missing: procedure, procedure:"
            + " listed}}\n  - {rule: 1,";

    assertThat(Rules.findings(Rules.small("  - {rule: 1,", missing))).isEmpty();
    assertThat(Rules.findings(Rules.small("  - {rule: 1,", never)))
        .singleElement()
        .asString()
        .contains("UNREACHABLE_RULE the rule NO_CODE decides no row");
  }

  @Test
  void aRuleOfOneStateOrLanguageDecidesARow() {
    String text =
        Rules.small(
                "mandates: {}",
                "mandates: {X: {states: WY, source: none, asOf: 2026-01-01}, Y: {states: AZ, source:"
                    + " none, asOf: 2026-01-01}}")
            .replace(
                "benefits: {}", "benefits: {G: {languages: mean, source: none, asOf: 2026-01-01}}")
            .replace(
                "when: {procedure: repaired, mandate: any-state}",
                "when: {procedure: repaired, mandate: X}")
            .replace(
                "when: {diagnosis: born, benefit: any}", "when: {diagnosis: born, benefit: G}");
    String hidden =
        "  - {rule: 3a, class: COSMETIC, basis: HIDDEN, when: {procedure: repaired, mandate: X}}\n"
            + "  - {rule: 4, class: INDETERMINATE";

    assertThat(Rules.findings(text)).isEmpty();
    assertThat(Rules.findings(text.replace("  - {rule: 4, class: INDETERMINATE", hidden)))
        .singleElement()
        .asString()
        .contains("UNREACHABLE_RULE the rule HIDDEN decides no row");
    assertThat(
            Rules.findings(
                text.replace(
                    "  - {rule: 4, class: INDETERMINATE",
                    hidden.replace("mandate: X", "mandate: Y"))))
        .isEmpty();
  }

  @Test
  void aProcedureThatIsKnownIsInASetThatIsNotRetired() {
    String text =
        Rules.small(
                "mandates: {}",
                "  gone: {kind: retired-procedure, codes: [40702], source: none, asOf:"
                    + " 2026-01-01}\nmandates: {}")
            .replace(
                "  - {rule: 1,",
                "  - {rule: 0, class: INDETERMINATE, basis: NO_CODE, when: {missing: procedure}}\n"
                    + "  - {rule: 1,")
            .replace(
                "{procedure: repaired, mandate: any-state}", "{notProcedure: [listed, repaired]}");

    assertThat(Rules.findings(text))
        .singleElement()
        .asString()
        .contains("UNREACHABLE_RULE the rule LAW decides no row");
    assertThat(
            Rules.findings(
                text.replace("[listed, repaired]}", "[listed]}")
                    .replace("{diagnosis: born", "{procedure: repaired, diagnosis: born")))
        .singleElement()
        .asString()
        .contains("UNREACHABLE_RULE the rule PLAN decides no row");
  }

  @Test
  void aRuleForRetiredCodesAloneDecidesNoRow() {
    String text =
        Rules.small(
                "mandates: {}",
                "  gone: {kind: retired-procedure, codes: [19324], source: none, asOf:"
                    + " 2026-01-01}\nmandates: {}")
            .replace("{procedure: listed, diagnosis: wanted}", "{procedure: gone}");

    assertThat(Rules.findings(text)).anyMatch(finding -> finding.contains("WRONG_SET"));
  }
}
