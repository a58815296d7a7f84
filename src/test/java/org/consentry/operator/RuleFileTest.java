package org.consentry.operator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import org.consentry.data.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A rules file as a whole: its name, version, digest, schema, words and cases. */
final class RuleFileTest {

  @Test
  void isKnownByNameVersionAndTheDigestOfItsBytes() {
    RuleFile rules = Rules.valid(Rules.small("version: 1", "version: 7"));

    assertThat(rules.id()).isEqualTo("small");
    assertThat(rules.version()).isEqualTo(7);
    assertThat(rules.sha256())
        .isEqualTo(Sha256.hex(Rules.small("version: 1", "version: 7").getBytes(UTF_8)));
  }

  @Test
  void hasASchemaForEditors() {
    assertThat(RuleFile.schema())
        .contains("\"rules\"", "\"table\"", "\"RECONSTRUCTIVE_BY_BENEFIT\"", "any-federal");
  }

  @ParameterizedTest
  @CsvSource({
    "rules: small, rules: Small, 1:8: error INVALID_VALUE rules must be lower-case words joined by -",
    "rules: small, rules: small-, 1:8: error INVALID_VALUE rules must be lower-case words joined by -",
    "version: 1, version: 0, 2:10: error INVALID_VALUE version must be at least 1 but was 0"
  })
  void refusesANameOrAVersionThatIsNone(String right, String wrong, String finding) {
    assertThat(Rules.findings(Rules.small(right, wrong))).containsExactly("rules.yaml:" + finding);
  }

  @ParameterizedTest
  @ValueSource(strings = {"wanted", "1WANTED", "WANTED-1", "\"W A\""})
  void refusesABasisThatIsNoWord(String basis) {
    assertThat(Rules.findings(Rules.small("basis: WANTED", "basis: " + basis)))
        .singleElement()
        .asString()
        .contains(
            "INVALID_VALUE basis must be an upper-case word of at most 63 letters, digits, _ and .");
  }

  @Test
  void readsWordsOfAnImpairmentInAnyLetterCaseAndWithBlanks() {
    RuleFile rules =
        Rules.valid(
            Rules.small("yes: [yes], no: [no]", "yes: [\" JA \", \"oui\"], no: [Nein]")
                .replace(
                    "when: {procedure: listed, diagnosis: wanted}",
                    "when: [{procedure: listed, functional: yes}, {procedure: listed, functional:"
                        + " no}, {procedure: listed, diagnosis: wanted}]"));

    assertThat(Rules.label(rules, Rules.row("15780", "Z41.8", " ja ", "", "")))
        .isEqualTo("COSMETIC WANTED");
    assertThat(Rules.label(rules, Rules.row("15780", "Z41.8", "NEIN", "", "")))
        .isEqualTo("COSMETIC WANTED");
    assertThat(Rules.label(rules, Rules.row("15780", "Z41.8", "no", "", "")))
        .isEqualTo("INDETERMINATE NO_RULE");
  }

  @Test
  void runsItsCases() {
    String cases =
        """
        cases:
          - {procedure: 15780, diagnoses: Z41.1, class: COSMETIC, basis: WANTED}
          - {procedure: 15780, diagnoses: Z41.8, class: COSMETIC, basis: WANTED}
        """;

    RuleCases.Report report = Rules.valid(Rules.small() + cases).cases().run();

    assertThat(report.outcomes())
        .extracting(RuleCases.Outcome::wanted, RuleCases.Outcome::found, RuleCases.Outcome::passes)
        .containsExactly(
            tuple("COSMETIC WANTED", "COSMETIC WANTED", true),
            tuple("COSMETIC WANTED", "INDETERMINATE NO_RULE", false));
    assertThat(report.passes()).isFalse();
    assertThat(report.problems()).hasSize(1);
    assertThat(report.untested()).containsExactly("2", "3");
    assertThat(Rules.valid(Rules.small()).cases().run().passes()).isTrue();
  }

  @Test
  void knowsTheNamesOfItsClassesAndNoOthers() {
    assertThat(ServiceClass.parse("COSMETIC")).contains(ServiceClass.COSMETIC);
    assertThat(ServiceClass.parse("INDETERMINATE")).contains(ServiceClass.INDETERMINATE);
    assertThat(ServiceClass.parse("cosmetic")).isEmpty();
    assertThat(ServiceClass.parse("")).isEmpty();
  }

  @Test
  void countsALineUnderItsBasisOrTheInputToBlame() {
    RuleFile rules = Rules.shipped();

    assertThat(rules.classify(Rules.row("15830", "E65", "", "", "")).why())
        .isEqualTo("NO_FUNCTIONAL_DATA");
    assertThat(rules.classify(Rules.row("15830", "", "", "", "")).why())
        .isEqualTo("DIAGNOSIS_MISSING");
    assertThat(rules.classify(Rules.row("15830", "?", "", "", "")).why())
        .isEqualTo("DIAGNOSIS_UNREADABLE");
  }
}
