package org.consentry.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.consentry.operator.rules.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot be read is unknown, unknown never counts as no, and nothing fails. */
final class UnclearRowTest {

  private static final String STATES =
      "mandates: {X: {states: [CA, NM], procedures: repaired, source: none, asOf: 2026-01-01}}";
  private static final RuleFile SHIPPED = Rules.shipped();

  @ParameterizedTest
  @CsvSource({
    "15823, RECONSTRUCTIVE_MEDICALLY_NECESSARY FUNCTION",
    "' 15823 ', RECONSTRUCTIVE_MEDICALLY_NECESSARY FUNCTION",
    "15823-RT, RECONSTRUCTIVE_MEDICALLY_NECESSARY FUNCTION",
    "15823-50-RT, RECONSTRUCTIVE_MEDICALLY_NECESSARY FUNCTION",
    "15823 LT, RECONSTRUCTIVE_MEDICALLY_NECESSARY FUNCTION",
    "j0585, RECONSTRUCTIVE_MEDICALLY_NECESSARY FUNCTION",
    "15823R, INDETERMINATE MISSING_CODE",
    "15823-, INDETERMINATE MISSING_CODE",
    "15823-R, INDETERMINATE MISSING_CODE",
    "1582O, INDETERMINATE MISSING_CODE",
    "1582, INDETERMINATE MISSING_CODE",
    "00001, INDETERMINATE MISSING_CODE",
    "99999, INDETERMINATE MISSING_CODE",
    "19324, INDETERMINATE MISSING_CODE",
    "'', INDETERMINATE MISSING_CODE",
    "'   ', INDETERMINATE MISSING_CODE"
  })
  void readsAProcedureCodeAsPeopleWriteIt(String procedure, String label) {
    assertThat(Rules.label(SHIPPED, Rules.row(procedure, "H02.834", "yes", "", "")))
        .isEqualTo(label);
  }

  @ParameterizedTest
  @CsvSource({
    "'', PROCEDURE_MISSING",
    "1582O, PROCEDURE_UNREADABLE",
    "99999, PROCEDURE_UNKNOWN",
    "19324, PROCEDURE_RETIRED"
  })
  void reportsWhyTheProcedureIsOfNoUse(String procedure, Reason reason) {
    ServiceLabel label = SHIPPED.classify(Rules.row(procedure, "H02.834", "yes", "", ""));

    assertThat(label.reason()).isEqualTo(reason);
    assertThat(label.why()).isEqualTo(reason.name());
  }

  @Test
  void aCodeOfCptThatNoSetNamesIsUnknownWhateverTheDiagnosis() {
    ServiceLabel label = SHIPPED.classify(Rules.row("19301", "C50.911", "yes", "", ""));

    assertThat(Rules.label(SHIPPED, Rules.row("19301", "C50.911", "yes", "", "")))
        .isEqualTo("INDETERMINATE MISSING_CODE");
    assertThat(label.reason()).isEqualTo(Reason.PROCEDURE_UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({
    "H02.834, INDETERMINATE NO_FUNCTIONAL_DATA",
    "h02834, INDETERMINATE NO_FUNCTIONAL_DATA",
    "' H02.834 ', INDETERMINATE NO_FUNCTIONAL_DATA",
    "z411, COSMETIC Z41.1",
    "t24331a, RECONSTRUCTIVE_BY_BENEFIT ABNORMAL_STRUCTURE",
    "H0.2834, INDETERMINATE MISSING_CODE",
    "H02.8.4, INDETERMINATE MISSING_CODE",
    "H02., INDETERMINATE MISSING_CODE",
    "HO2.834, INDETERMINATE MISSING_CODE",
    "H99.1, INDETERMINATE MISSING_CODE",
    "n/a, INDETERMINATE MISSING_CODE",
    "H02.8341234, INDETERMINATE MISSING_CODE"
  })
  void readsADiagnosisAsPeopleWriteIt(String diagnosis, String label) {
    assertThat(Rules.label(SHIPPED, Rules.row("15823", diagnosis, "", "", ""))).isEqualTo(label);
  }

  @Test
  void aDiagnosisThatCannotBeReadIsToBlameOnlyWhereItMatters() {
    assertThat(Rules.label(SHIPPED, Rules.row("15823", "H02.834|HO2.1", "yes", "", "")))
        .isEqualTo("INDETERMINATE DIAGNOSIS_UNREADABLE");
    assertThat(Rules.label(SHIPPED, Rules.row("15823", "H02.834|HO2.1", "", "", "")))
        .as("whatever the other is, it stays unclear")
        .isEqualTo("INDETERMINATE DIAGNOSIS_UNREADABLE");
    assertThat(Rules.label(SHIPPED, Rules.row("15823", "Z41.1|H02.834|?", "yes", "", "")))
        .as("already a conflict")
        .isEqualTo("INDETERMINATE CONFLICT");
  }

  @Test
  void aMissingStateIsNoStateWithoutAMandate() {
    RuleFile rules = Rules.valid(Rules.small("mandates: {}", STATES));

    assertThat(Rules.label(rules, Rules.row("40700", "L57.0", "", "ca", "")))
        .isEqualTo("RECONSTRUCTIVE_BY_BENEFIT LAW");
    assertThat(Rules.label(rules, Rules.row("40700", "L57.0", "", "AZ", "")))
        .isEqualTo("INDETERMINATE NO_RULE");
    assertThat(Rules.label(rules, Rules.row("40700", "L57.0", "", "", "")))
        .as("no rule but this one could give a class, and it gives none")
        .isEqualTo("INDETERMINATE STATE_UNKNOWN");
    assertThat(Rules.label(rules, Rules.row("40700", "L57.0", "", "ZZ", "")))
        .isEqualTo("INDETERMINATE STATE_UNKNOWN");
    assertThat(Rules.label(rules, Rules.row("15780", "Z41.1", "", "", "")))
        .as("the state does not matter here")
        .isEqualTo("COSMETIC WANTED");
  }

  @Test
  void anUnknownThatCannotChangeTheClassChangesNothing() {
    String benefits =
        "benefits: {G: {languages: generous, diagnoses: born, source: none, asOf: 2026-01-01}}";
    RuleFile rules =
        Rules.valid(Rules.small("mandates: {}", STATES).replace("benefits: {}", benefits));

    assertThat(Rules.label(rules, Rules.row("40700", "Q36.9", "", "", "generous")))
        .as("by law or by plan, it is by benefit")
        .isEqualTo("RECONSTRUCTIVE_BY_BENEFIT PLAN");
    assertThat(Rules.label(rules, Rules.row("40700", "Q36.9", "", "", "mean")))
        .isEqualTo("INDETERMINATE STATE_UNKNOWN");
    assertThat(Rules.label(rules, Rules.row("15780", "Q36.9", "", "", "unheard-of")))
        .isEqualTo("INDETERMINATE BENEFITS_UNKNOWN");
    assertThat(Rules.label(rules, Rules.row("15780", "Q36.9", "", "", " Generous ")))
        .isEqualTo("RECONSTRUCTIVE_BY_BENEFIT PLAN");
  }

  @Test
  void aCellThatBeginsLikeAWordAndIsTooLongForOneIsUnknown() {
    String blanks = " ".repeat(125);

    assertThat(Rules.label(SHIPPED, Rules.row("15823", "H02.834", "yes" + blanks, "", "")))
        .as("128 bytes")
        .isEqualTo("RECONSTRUCTIVE_MEDICALLY_NECESSARY FUNCTION");
    assertThat(Rules.label(SHIPPED, Rules.row("15823", "H02.834", "yes " + blanks, "", "")))
        .as("129 bytes")
        .isEqualTo("INDETERMINATE NO_FUNCTIONAL_DATA");
    assertThat(
            Rules.label(
                SHIPPED, Rules.row("15823", "H02.834", "yes" + blanks + "ruled out", "", "")))
        .isEqualTo("INDETERMINATE NO_FUNCTIONAL_DATA");
  }

  @Test
  void hostileCellsAreUnknownAndFailNothing() {
    String huge = "Z41.1|".repeat(100_000);
    List<String> cells = List.of("\0", "é".repeat(500), "\uD83D\uDE00", "'; drop", "-", "..", huge);
    for (String cell : cells) {
      for (String other : cells) {
        assertThat(Rules.label(SHIPPED, Rules.row(cell, other, cell, other, cell)))
            .isEqualTo("INDETERMINATE MISSING_CODE");
      }
    }
  }
}
