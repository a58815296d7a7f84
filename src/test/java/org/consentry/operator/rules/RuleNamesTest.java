package org.consentry.operator.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.consentry.operator.Rules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names, numbers and single entries of a rules file that are refused. */
final class RuleNamesTest {

  @ParameterizedTest
  @ValueSource(strings = {"Listed", "listed-", "li sted", "\"listed_1\""})
  void findsASetWithoutAPlainName(String name) {
    String text = Rules.small("    listed:".substring(2), "  " + name + ":");

    assertThat(Rules.findings(text.replace("procedure: listed", "procedure: " + name)))
        .contains(
            "rules.yaml:6:3: error SET_NAME a set is named by lower-case words joined by -; rename"
                + " it");
  }

  @Test
  void findsACodeThatIsListedTwice() {
    assertThat(Rules.findings(Rules.small("codes: [40700]", "codes: [40700, 40701, 40700]")))
        .containsExactly(
            "rules.yaml:7:53: error DUPLICATE_CODE '40700' is in line 7 already; remove one of the"
                + " two");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "AA", "\"\u00C4\"", "\"-\""})
  void findsASeventhCharacterThatIsNone(String character) {
    assertThat(
            Rules.findings(
                Rules.small("codes: [Z41.1]", "codes: [Z41.1], seventh: [" + character + "]")))
        .containsExactly(
            "rules.yaml:8:55: error SEVENTH seventh lists single upper-case characters, for a set of"
                + " diagnosis codes of its own; list the codes in this set, or remove seventh");
  }

  @Test
  void findsASeventhCharacterOfProceduresAndOfOtherSets() {
    assertThat(Rules.findings(Rules.small("codes: [40700]", "codes: [40700], seventh: A")))
        .singleElement()
        .asString()
        .startsWith("rules.yaml:7:56: error SEVENTH");
    assertThat(
            Rules.findings(
                Rules.small("codes: [Z41.1]", "codes: [Z41.1], sets: [born], seventh: A")))
        .singleElement()
        .asString()
        .startsWith("rules.yaml:8:68: error SEVENTH");
  }

  @Test
  void findsLanguagesThatAreNoWordsOrListedTwice() {
    assertThat(
            Rules.findings(
                Rules.small(
                    "languages: [generous, mean]", "languages: [generous, Mean, generous]")))
        .containsExactly(
            "rules.yaml:4:23: error LANGUAGE languages are lower-case words joined by -, each listed"
                + " once; rename or remove it",
            "rules.yaml:4:29: error LANGUAGE languages are lower-case words joined by -, each listed"
                + " once; rename or remove it");
  }

  @Test
  void sixtyTwoLanguagesAndSetsAreTheMost() {
    String languages = words("l", 62);
    String more = words("l", 63);

    assertThat(Rules.findings(Rules.small("[generous, mean]", "[" + languages + "]"))).isEmpty();
    assertThat(Rules.findings(Rules.small("[generous, mean]", "[" + more + "]")))
        .containsExactly(
            "rules.yaml:4:13: error LANGUAGE at most 62 languages can be listed; list those that a"
                + " benefit names");
    assertThat(Rules.findings(withSets("procedure", 60))).isEmpty();
    assertThat(Rules.findings(withSets("diagnosis", 60))).isEmpty();
    assertThat(Rules.findings(withSets("procedure", 61)))
        .containsExactly(
            "rules.yaml:6:3: error TOO_MANY_SETS there are 63 sets of one nature and at most 62 can"
                + " be; join some");
    assertThat(Rules.findings(withSets("diagnosis", 61)))
        .containsExactly(
            "rules.yaml:6:3: error TOO_MANY_SETS there are 63 sets of one nature and at most 62 can"
                + " be; join some");
  }

  private static String words(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + i).collect(Collectors.joining(", "));
  }

  /** The small rules with so many more sets of a kind, all of which the first rule tests. */
  private static String withSets(String kind, int count) {
    StringBuilder sets = new StringBuilder();
    for (int i = 0; i < count; i++) {
      String code = kind.equals("procedure") ? Integer.toString(50_000 + i) : "M" + (10 + i);
      sets.append("  s").append(i).append(": {kind: ").append(kind).append(", codes: [");
      sets.append(code).append("], source: none, asOf: 2026-01-01}\n");
    }
    String tested = kind + ": [" + words("s", count) + ", ";
    return Rules.small("mandates: {}", sets + "mandates: {}")
        .replace(
            "procedure: listed,",
            kind.equals("procedure") ? tested + "listed]," : "procedure: listed,")
        .replace(
            "diagnosis: wanted}",
            kind.equals("diagnosis") ? tested + "wanted]}" : "diagnosis: wanted}");
  }

  @Test
  void findsAnEntitlementWithoutAPlainName() {
    String mandate = "{states: CA, procedures: listed, source: none, asOf: 2026-01-01}}";
    String benefit = "{languages: mean, diagnoses: listed, source: none, asOf: 2026-01-01}}";

    assertThat(
            Rules.findings(
                Rules.small("mandates: {}", "mandates: {x: " + mandate)
                    .replace("benefits: {}", "benefits: {Y-1: " + benefit)))
        .containsExactly(
            "rules.yaml:10:12: error ENTITLEMENT_NAME mandates and benefits have upper-case names;"
                + " rename it",
            "rules.yaml:11:12: error ENTITLEMENT_NAME mandates and benefits have upper-case names;"
                + " rename it",
            "rules.yaml:11:46: error WRONG_SET set 'listed' has codes of another kind; one of:"
                + " wanted, born");
  }

  @Test
  void aMandateHasProceduresAndStatesThatExist() {
    String mandate =
        "mandates: {X: {states: [%s], procedures: %s, source: none, asOf: 2026-01-01}}";
    String states = String.join(", ", UsStates.codes());

    assertThat(Rules.findings(Rules.small("mandates: {}", mandate.formatted(states, "repaired"))))
        .isEmpty();
    assertThat(Rules.findings(Rules.small("mandates: {}", mandate.formatted("CA", "born"))))
        .singleElement()
        .asString()
        .contains("error WRONG_SET set 'born' has codes of another kind; one of: listed, repaired");
  }

  @Test
  void findsABenefitThatIsNotThere() {
    assertThat(Rules.findings(Rules.small("benefit: any}", "benefit: some}")))
        .containsExactly(
            "rules.yaml:15:95: error UNKNOWN_ENTITLEMENT nothing is named 'some' under mandates or"
                + " benefits; one of: any");
  }

  @Test
  void findsACaseOfABasisThatIsNotThere() {
    String text =
        Rules.small()
            + "cases:\n"
            + "  - {procedure: 15780, class: COSMETIC, basis: WANTD}\n"
            + "  - {procedure: 15780, class: INDETERMINATE, basis: DIAGNOSIS_MISSING}\n";

    assertThat(Rules.findings(text))
        .containsExactly(
            "rules.yaml:18:5: error UNKNOWN_BASIS no rule has the basis 'WANTD'; did you mean"
                + " 'WANTED'?");
  }

  @Test
  void setsThatOnlyOthersIncludeAreUsedAndRetiredOnesNeedNoTest() {
    assertThat(
            Rules.findings(
                Rules.small(
                    "mandates: {}",
                    "  gone: {kind: retired-procedure, codes: [19324], source: none, asOf:"
                        + " 2026-01-01}\nmandates: {}")))
        .isEmpty();
    assertThat(
            Rules.findings(
                Rules.small(
                        "mandates: {}",
                        "  more: {kind: diagnosis, codes: [Z42.1], source: none, asOf:"
                            + " 2026-01-01}\nmandates: {}")
                    .replace("codes: [Z41.1]", "codes: [Z41.1], sets: more")))
        .isEmpty();
  }
}
