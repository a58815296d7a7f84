package org.consentry.operator.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
  void theOrderIsThatOfTheTableWhicheverSetDeclaresIt() {
    String text =
        Rules.small("codes: [15780-15783]", "codes: [15780-15783], before: repaired")
            .replace("codes: [40700]", "codes: [40700, 157-]");
    String early = "  - {rule: 0, class: COSMETIC, basis: EARLY, when: {procedure: repaired}}\n";

    assertThat(Rules.findings(text)).isEmpty();
    assertThat(Rules.findings(text.replace("  - {rule: 1,", early + "  - {rule: 1,")))
        .anyMatch(finding -> finding.contains("the table tests 'repaired' before 'listed'"));
    assertThat(
            Rules.findings(
                text.replace(
                    "  - {rule: 1,",
                    early.replace(": repaired", ": [repaired, listed]") + "  - {rule: 1,")))
        .as("a rule that tests both is no order")
        .noneMatch(finding -> finding.contains("PRECEDENCE"));
  }

  @Test
  void aSetThatNoRuleTestsAloneIsTestedLast() {
    String text =
        Rules.small("codes: [15780-15783]", "codes: [15780-15783], before: repaired")
            .replace("codes: [40700]", "codes: [40700, 157-]");
    String never = "{notProcedure: repaired, diagnosis: born, functional: yes}";
    String only = text.replace("{procedure: repaired, mandate: any-state}", never);

    assertThat(
            Rules.findings(
                only.replace(
                    "  - {rule: 1,",
                    "  - {rule: 0, class: COSMETIC, basis: EARLY, when: {functional: no}}\n  - {rule: 1,")))
        .isEmpty();
    assertThat(
            Rules.findings(
                only.replace(
                    "{procedure: listed, diagnosis: wanted}",
                    "{procedure: [listed, repaired], diagnosis: wanted}")))
        .as("neither is tested alone")
        .isEmpty();
    assertThat(
            Rules.findings(
                text.replace(
                    "{procedure: listed, diagnosis: wanted}",
                    "{notProcedure: listed, diagnosis: wanted}")))
        .singleElement()
        .asString()
        .contains("the table tests 'repaired' before 'listed'");
  }

  @Test
  void aBenefitTestsItsProcedures() {
    String text =
        Rules.small("codes: [40700]", "codes: [40700, 157-], before: listed")
            .replace(
                "benefits: {}",
                "benefits: {G: {languages: mean, procedures: repaired, source: none, asOf:"
                    + " 2026-01-01}}")
            .replace(
                "  - {rule: 1,",
                "  - {rule: 0, class: RECONSTRUCTIVE_BY_BENEFIT, basis: EARLY, when: {benefit:"
                    + " any}}\n  - {rule: 1,")
            .replace("{diagnosis: born, benefit: any}", "{diagnosis: born}");

    assertThat(Rules.findings(text)).isEmpty();
  }

  @Test
  void rulesThatDifferInWhatABenefitCoversDecideTheirRows() {
    String benefit = "{languages: mean, diagnoses: %s, source: none, asOf: 2026-01-01}";
    String text =
        Rules.small(
                "benefits: {}",
                "benefits: {G: "
                    + benefit.formatted("wanted")
                    + ", H: "
                    + benefit.formatted("born")
                    + "}")
            .replace("{procedure: listed, diagnosis: wanted}", "{procedure: listed, benefit: G}")
            .replace("{diagnosis: born, benefit: any}", "{procedure: listed, benefit: H}");

    assertThat(Rules.findings(text)).isEmpty();
  }

  @Test
  void aRuleForOneInputWithoutACodeDecidesARow() {
    for (String when :
        List.of(
            "{missing: diagnosis}",
            "{missing: procedure}",
            "{missing: procedure, notProcedure: listed}",
            "{missing: diagnosis, procedure: listed}")) {
      assertThat(
              Rules.findings(
                  Rules.small(
                      "  - {rule: 1,",
                      "  - {rule: 0, class: INDETERMINATE, basis: NO_CODE, when: "
                          + when
                          + "}\n  - {rule: 1,")))
          .as(when)
          .isEmpty();
    }
    String behind =
        """
          - {rule: 0, class: COSMETIC, basis: OTHER, when: {notProcedure: [listed, repaired]}}
          - {rule: 0a, class: INDETERMINATE, basis: NO_CODE, when: {missing: procedure}}
          - {rule: 1,\
        """;
    assertThat(Rules.findings(Rules.small("  - {rule: 1,", behind)))
        .as("a row without any code, which is not known to be in no set")
        .isEmpty();
  }

  /** Fourteen sets can be combined in 16,384 ways: more than are tried. */
  @Test
  void reportsNothingWhereTooManyDiagnosesCanMeet() {
    assertThat(Rules.findings(withHiddenRule(11)))
        .singleElement()
        .asString()
        .contains("UNREACHABLE_RULE the rule LATE decides no row");
    assertThat(Rules.findings(withHiddenRule(12))).isEmpty();
  }

  /** The small rules, which test two sets of diagnoses, with so many more and a rule too late. */
  private static String withHiddenRule(int count) {
    StringBuilder sets = new StringBuilder();
    StringBuilder rules = new StringBuilder("table:\n");
    for (int i = 0; i < count; i++) {
      sets.append("  s" + i + ": {kind: diagnosis, codes: [M" + (10 + i));
      sets.append("], source: none, asOf: 2026-01-01}\n");
      rules.append("  - {rule: s" + i + ", class: COSMETIC, basis: S" + i);
      rules.append(", when: {diagnosis: s" + i + "}}\n");
    }
    return Rules.small("mandates: {}", sets + "mandates: {}").replace("table:\n", rules)
        + "  - {rule: 5, class: COSMETIC, basis: LATE}\n";
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
