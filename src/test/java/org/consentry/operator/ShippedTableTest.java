package org.consentry.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.consentry.operator.rules.Functional;
import org.consentry.operator.rules.PlainTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shipped rules are the twelve rows of the clinic's table, and nothing else. */
final class ShippedTableTest {

  private static final RuleFile RULES = Rules.shipped();

  @ParameterizedTest
  @CsvSource({
    "15823, H02.834, yes, RECONSTRUCTIVE_MEDICALLY_NECESSARY FUNCTION",
    "15823, H02.834, unknown, INDETERMINATE NO_FUNCTIONAL_DATA",
    "15820, Z41.1, '', COSMETIC Z41.1",
    "19357, Z42.1, '', RECONSTRUCTIVE_BY_BENEFIT MANDATE_WHCRA",
    "19325, Z41.1, '', COSMETIC Z41.1",
    "19316, Z85.3, '', RECONSTRUCTIVE_BY_BENEFIT MANDATE_WHCRA",
    "15830, L30.4, yes, RECONSTRUCTIVE_MEDICALLY_NECESSARY FUNCTION",
    "15830, E65, no, COSMETIC CRITERIA_NOT_MET",
    "30410, M95.0|S02.2XXS, no, RECONSTRUCTIVE_BY_BENEFIT ABNORMAL_STRUCTURE",
    "30410, Z41.1|J34.2, '', INDETERMINATE CONFLICT",
    "40701, Q37.9, yes, RECONSTRUCTIVE_MEDICALLY_NECESSARY FUNCTION",
    "40701, Q37.9, unknown, RECONSTRUCTIVE_BY_BENEFIT ABNORMAL_STRUCTURE",
    "19300, N62, unknown, INDETERMINATE NO_FUNCTIONAL_DATA",
    "15100, T24.331A, '', RECONSTRUCTIVE_MEDICALLY_NECESSARY ACUTE",
    "15823, '', yes, INDETERMINATE MISSING_CODE"
  })
  void givesThePublishedCasesTheirLabel(
      String procedure, String diagnoses, String functional, String label) {
    assertThat(Rules.label(RULES, Rules.row(procedure, diagnoses, functional, "AZ", "silent")))
        .isEqualTo(label);
  }

  @Test
  void everyCasePassesAndOnlyTheEmptyRowOfStateMandatesHasNone() {
    RuleCases.Report report = RULES.cases().run();

    assertThat(report.problems()).isEmpty();
    assertThat(report.outcomes()).hasSizeGreaterThan(20);
    assertThat(report.untested()).containsExactly("7");
  }

  @Test
  void agreesWithTheReferenceImplementationOnAnyRow() {
    long seed = 20_261_127;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 60_000; i++) {
      List<String> diagnoses = new ArrayList<>();
      for (int many = random.nextInt(4); many > 0; many--) {
        diagnoses.add(PlainTable.anyDiagnosis(random));
      }
      String procedure = PlainTable.anyProcedure(random);
      Functional functional = List.of(Functional.values()).get(random.nextInt(3));
      ServiceInput row =
          new ServiceInput(
              Optional.of(procedure),
              diagnoses,
              Optional.of(functional.name()),
              Optional.empty(),
              Optional.empty());

      assertThat(Rules.label(RULES, row))
          .as("seed %s, row %s: %s", seed, i, row)
          .isEqualTo(PlainTable.label(procedure, diagnoses, functional));
    }
  }

  @Test
  void theOrderOfDiagnosesAndRepetitionsChangeNothing() {
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < 2_000; i++) {
      String a = PlainTable.anyDiagnosis(random);
      String b = PlainTable.anyDiagnosis(random);
      String procedure = PlainTable.anyProcedure(random);

      assertThat(Rules.label(RULES, Rules.row(procedure, a + "|" + b, "no", "", "")))
          .isEqualTo(Rules.label(RULES, Rules.row(procedure, b + "|" + a + "|" + b, "no", "", "")));
    }
  }
}
