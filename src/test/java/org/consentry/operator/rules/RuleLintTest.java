package org.consentry.operator.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.consentry.operator.RuleCases;
import org.consentry.operator.Rules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every finding, in full, with its place. */
final class RuleLintTest {

  @Test
  void findsNothingInRulesWithoutFault() {
    assertThat(Rules.findings(Rules.small())).isEmpty();
    assertThat(Rules.findings(Rules.shippedText())).isEmpty();
  }

  @Test
  void findsARuleThatEarlierOnesHide() {
    String hidden =
        "  - {rule: 1a, class: INDETERMINATE, basis: HIDDEN,"
            + " when: {procedure: listed, diagnosis: wanted, functional: no}}\n";

    assertThat(Rules.findings(Rules.small("  - {rule: 2,", hidden + "  - {rule: 2,")))
        .containsExactly(
            "rules.yaml:14:5: error UNREACHABLE_RULE the rule HIDDEN decides no row; earlier rules"
                + " decide every row that meets it, or its tests contradict each other: change the"
                + " order or the tests, or remove it");
  }

  @Test
  void findsARuleThatContradictsItself() {
    assertThat(
            Rules.findings(
                Rules.small(
                    "when: {procedure: listed, diagnosis: wanted}",
                    "when: {procedure: listed, notProcedure: listed, diagnosis: wanted}")))
        .singleElement()
        .asString()
        .startsWith("rules.yaml:13:5: error UNREACHABLE_RULE the rule WANTED decides no row;");
  }

  @Test
  void findsARuleAfterTheOneThatAlwaysApplies() {
    String text = Rules.small() + "  - {rule: 5, class: COSMETIC, basis: LATE}\n";

    assertThat(Rules.findings(text))
        .singleElement()
        .asString()
        .startsWith("rules.yaml:17:5: error UNREACHABLE_RULE the rule LATE decides no row;");
  }

  @Test
  void findsASetWithoutACode() {
    assertThat(Rules.findings(Rules.small("codes: [40700]", "codes: []")))
        .containsExactly(
            "rules.yaml:7:3: error EMPTY_SET set 'repaired' has no code; list codes, or remove the"
                + " set and the tests that name it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4070",
        "407000",
        "4070O",
        "40700-40699",
        "40700-4070",
        "I0585",
        "00099",
        "40700-J0585",
        "j0585",
        "x-"
      })
  void findsAProcedureCodeThatCannotExist(String code) {
    assertThat(Rules.findings(Rules.small("codes: [40700]", "codes: [" + code + "]")))
        .containsExactly(
            "rules.yaml:7:39: error IMPOSSIBLE_CODE '"
                + code
                + "' is no CPT or HCPCS code or range that can exist; write 15823, J0585, 140- or"
                + " 15780-15783");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Z411",
        "Z41.",
        "z41.1",
        "41.1",
        "ZZ1.1",
        "H99.1",
        "T90-",
        "Q37-Q35",
        "Z41.12345",
        "Z4.11",
        "F00",
        "Q35-Q4"
      })
  void findsADiagnosisCodeThatCannotExist(String code) {
    assertThat(Rules.findings(Rules.small("codes: [Z41.1]", "codes: [" + code + "]")))
        .containsExactly(
            "rules.yaml:8:37: error IMPOSSIBLE_CODE '"
                + code
                + "' is no ICD-10-CM code, prefix or range that can exist; write Z41.1, Z90.1- or"
                + " Q35-Q37, in upper case and with the point");
  }

  @Test
  void findsCodesInTwoSetsWithoutAnOrder() {
    String overlapping = Rules.small("codes: [40700]", "codes: [40700, 157-]");

    assertThat(Rules.findings(overlapping))
        .containsExactly(
            "rules.yaml:7:3: error OVERLAP sets 'listed' and 'repaired' share codes; add before: to"
                + " the one that the table tests first, or list each code once");
    assertThat(
            Rules.findings(overlapping.replace("15780-15783],", "15780-15783], before: repaired,")))
        .isEmpty();
    assertThat(Rules.findings(overlapping.replace("157-],", "157-], before: listed,")))
        .containsExactly(
            "rules.yaml:7:61: error PRECEDENCE the table tests 'listed' before 'repaired'; change the"
                + " order of the rules, or of the sets");
  }

  @Test
  void findsAPrecedenceWithoutAnOverlap() {
    assertThat(Rules.findings(Rules.small("codes: [40700],", "codes: [40700], before: listed,")))
        .containsExactly(
            "rules.yaml:7:55: error PRECEDENCE sets 'repaired' and 'listed' share no code; remove it"
                + " from before");
  }

  @Test
  void findsNamesWithoutADefinition() {
    String text =
        Rules.small("procedure: listed", "procedure: lsited")
            .replace("mandate: any-state", "mandate: WHCRA")
            .replace("diagnosis: born", "diagnosis: repaired");

    assertThat(Rules.findings(text))
        .containsExactly(
            "rules.yaml:13:65: error UNKNOWN_SET there is no set 'lsited'; did you mean 'listed'?",
            "rules.yaml:14:98: error UNKNOWN_ENTITLEMENT nothing is named 'WHCRA' under mandates or"
                + " benefits; one of: any-federal, any-state",
            "rules.yaml:15:80: error WRONG_SET set 'repaired' has codes of another kind; one of:"
                + " wanted, born",
            "rules.yaml:9:3: warning UNUSED_SET no rule tests set 'born'; remove it",
            "rules.yaml:6:3: warning UNUSED_SET no rule tests set 'listed'; remove it");
  }

  @Test
  void findsAnUnknownStateAndLanguage() {
    String text =
        Rules.small("mandates: {}", "mandates: {X: {states: [XX], source: none, asOf: 2026-01-01}}")
            .replace(
                "benefits: {}",
                "benefits: {G: {languages: genrous, source: none, asOf: 2026-01-01}}");

    assertThat(Rules.findings(text))
        .containsExactly(
            "rules.yaml:10:25: error UNKNOWN_STATE 'XX' is no two-letter code of a US state or"
                + " territory; did you mean 'TX'?",
            "rules.yaml:11:27: error UNKNOWN_LANGUAGE 'genrous' is not listed under languages; did you"
                + " mean 'generous'?");
  }

  @Test
  void findsRulesNamedTwiceATableWithoutAnEndAndAReservedBasis() {
    String text =
        Rules.small("rule: 2,", "rule: 1,")
            .replace("basis: PLAN", "basis: WANTED")
            .replace("basis: NO_RULE}", "basis: STATE_UNKNOWN, when: {functional: yes}}");

    assertThat(Rules.findings(text))
        .containsExactly(
            "rules.yaml:14:12: error DUPLICATE_RULE the rule '1' is in line 13; name every rule"
                + " and basis once",
            "rules.yaml:15:56: error DUPLICATE_RULE the basis 'WANTED' is in line 13; name every"
                + " rule and basis once",
            "rules.yaml:16:44: error RESERVED_BASIS STATE_UNKNOWN is what a row without enough input"
                + " gets as its basis; choose another word",
            "rules.yaml:16:5: error NO_OTHERWISE the last rule does not apply to every row; end the"
                + " table with a rule without when");
  }

  @Test
  void findsASetThatIncludesItself() {
    assertThat(
            Rules.findings(
                Rules.small("codes: [Z41.1],", "codes: [Z41.1], sets: [born],")
                    .replace("codes: [Q35-Q37],", "sets: [wanted],")))
        .containsExactly(
            "rules.yaml:8:3: error SET_CYCLE set 'wanted' includes itself; remove one of them",
            "rules.yaml:9:3: error SET_CYCLE set 'born' includes itself; remove one of them");
  }

  @Test
  void readsStrictly() {
    assertThat(
            Rules.findings(Rules.small("when: {procedure: listed,", "when: {procedures: listed,")))
        .containsExactly(
            "rules.yaml:13:54: error UNKNOWN_KEY unknown key 'procedures'; did you mean 'procedure'?");
    assertThat(Rules.findings(Rules.small("class: COSMETIC", "class: cosmetic")))
        .singleElement()
        .asString()
        .contains("error UNKNOWN_WORD expected one of COSMETIC,");
    assertThat(
            Rules.findings(Rules.small("when: {procedure: listed, diagnosis: wanted}", "when: {}")))
        .containsExactly("rules.yaml:13:47: error INVALID_VALUE a condition must test something");
    assertThat(Rules.findings(Rules.small("no: [no]", "no: [\"No\", YES]")))
        .containsExactly(
            "rules.yaml:3:30: error INVALID_VALUE no has a word that yes has too: [yes]");
  }

  @Test
  void reportsACaseWithAnotherLabelAtItsPlace() {
    String text =
        Rules.small()
            + "cases:\n  - {procedure: 15780, diagnoses: Z41.1, class: COSMETIC, basis: PLAN}\n";

    RuleCases.Report report = Rules.valid(text).cases().run();

    assertThat(report.problems())
        .singleElement()
        .hasToString(
            "rules.yaml:18:5: error CASE the case wants COSMETIC PLAN but the rules give COSMETIC"
                + " WANTED; change the case or the rules");
    assertThat(report.untested()).containsExactly("2", "3", "4");
  }
}
