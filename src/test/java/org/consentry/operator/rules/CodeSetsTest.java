package org.consentry.operator.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.consentry.operator.RuleFile;
import org.consentry.operator.Rules;
import org.consentry.operator.ServiceInput;
import org.consentry.operator.ServiceLabel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which sets list a code, as a row shows it. */
final class CodeSetsTest {

  private static String read(RuleFile rules, String procedure, String diagnosis) {
    return rules
        .explain(
            new ServiceInput(
                Optional.of(procedure),
                List.of(diagnosis),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()))
        .inputs()
        .stream()
        .limit(2)
        .map(input -> input.read())
        .toList()
        .toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "15779; Z41; [unknown, known]",
        "15780; Z41.1; [known, in listed, known, in wanted]",
        "15783; Q35; [known, in listed, known, in born]",
        "15784; Q37.9; [unknown, known, in born]",
        "40700; Q34.9; [known, in repaired, known]",
        "40701; Q38; [unknown, known]",
        "40699; Z41.11; [unknown, known]"
      })
  void listsTheCodesOfItsEntriesAndNoOther(String procedure, String diagnosis, String read) {
    assertThat(read(Rules.valid(Rules.small()), procedure, diagnosis)).isEqualTo(read);
  }

  @Test
  void overlappingSetsBothListTheCodesTheyShare() {
    RuleFile rules =
        Rules.valid(
            Rules.small("codes: [15780-15783]", "codes: [15780-15783], before: repaired")
                .replace("codes: [40700]", "codes: [15782-15790, 15700-15780]")
                .replace("codes: [Q35-Q37]", "codes: [Q35-Q37, Z41-]"));

    assertThat(read(rules, "15779", "Z41.1"))
        .isEqualTo("[known, in repaired, known, in born, wanted]");
    assertThat(read(rules, "15780", "Z41.2"))
        .isEqualTo("[known, in listed, repaired, known, in born]");
    assertThat(read(rules, "15781", "Z41")).isEqualTo("[known, in listed, known, in born]");
    assertThat(read(rules, "15783", "Z42")).isEqualTo("[known, in listed, repaired, known]");
    assertThat(read(rules, "15784", "Z40")).isEqualTo("[known, in repaired, known]");
  }

  @Test
  void seventhCharactersNarrowASet() {
    RuleFile rules =
        Rules.valid(Rules.small("codes: [Q35-Q37]", "codes: [S00-S99], seventh: [A, \"0\", Z]"));

    assertThat(read(rules, "40700", "S01.411A")).isEqualTo("[known, in repaired, known, in born]");
    assertThat(read(rules, "40700", "s01411z")).isEqualTo("[known, in repaired, known, in born]");
    assertThat(read(rules, "40700", "S01.4110")).isEqualTo("[known, in repaired, known, in born]");
    assertThat(read(rules, "40700", "S01.411D")).isEqualTo("[known, in repaired, known]");
    assertThat(read(rules, "40700", "S01.411")).isEqualTo("[known, in repaired, known]");
    assertThat(read(rules, "40700", "S01")).isEqualTo("[known, in repaired, known]");
  }

  @Test
  void aTestOfASetIncludesTheSetsItIncludes() {
    RuleFile rules =
        Rules.valid(
            Rules.small("codes: [Z41.1]", "codes: [Z41.1], sets: born")
                .replace("codes: [Q35-Q37]", "codes: [Q35-Q37], sets: deeper")
                .replace(
                    "mandates: {}",
                    "  deeper: {kind: diagnosis, codes: [N62], source: none, asOf: 2026-01-01}\n"
                        + "mandates: {}"));

    for (String diagnosis : List.of("Z41.1", "Q36", "N62")) {
      assertThat(label(rules, "15780", diagnosis)).isEqualTo("COSMETIC WANTED");
    }
    assertThat(label(rules, "15780", "N63")).isEqualTo("INDETERMINATE NO_RULE");
  }

  private static String label(RuleFile rules, String procedure, String diagnosis) {
    ServiceLabel label =
        rules.classify(
            new ServiceInput(
                Optional.of(procedure),
                List.of(diagnosis),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    return label.serviceClass() + " " + label.basis();
  }

  @ParameterizedTest
  @ValueSource(strings = {"CA", "ca", " Ca ", "\u00A0CA"})
  void readsAStateInAnyLetterCase(String state) {
    assertThat(state(state)).isEqualTo("CA");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "C", "CAL", "C1", "1A", "QQ", "[A", "A[", "@A", "A@", "é", "C A"})
  void anythingElseIsNoState(String state) {
    assertThat(state(state)).isEqualTo("unknown");
  }

  @Test
  void knowsStatesTerritoriesAndTheArmedForces() {
    assertThat(List.of("AK", "AZ", "WY", "DC", "PR", "GU", "AE", "AA", "AP"))
        .allSatisfy(state -> assertThat(state(state)).isEqualTo(state));
  }

  private static String state(String cell) {
    return Rules.valid(Rules.small())
        .explain(
            new ServiceInput(
                Optional.empty(), List.of(), Optional.empty(), Optional.of(cell), Optional.empty()))
        .inputs()
        .get(3)
        .read();
  }
}
