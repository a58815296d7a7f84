package org.consentry.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.consentry.problem.Problems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of a mapping decides what leaves. */
final class MappingContentTest {

  private static final String MAPPING =
      """
      mapping: small
      version: 1
      subjects: {table: patients, key: patient_id, birthDate: born}
      tables:
        patients:
          subject: patient_id
          key: [patient_id]
          category: DEMOGRAPHIC
          timeless: one row per person
          columns:
            patient_id: {role: linkage-key, do: pseudonymize, domain: p, code: random, type: code}
            born: {role: quasi-identifier, do: drop}
            sex: {role: quasi-identifier, do: keep, type: code, why: needed}
        visits:
          subject: patient_id
          key: [visit_id]
          recordDate: [seen]
          category: VISIT
          columns:
            visit_id: {role: linkage-key, do: drop}
            patient_id: {role: linkage-key, do: pseudonymize, domain: p, code: random, type: code}
            seen:
              - {role: quasi-identifier, do: generalize, to: year, as: seen_year, type: integer}
              - {role: quasi-identifier, do: keep, as: seen_on, type: date}
            cost: {role: non-sensitive, do: recode, map: {low: 0, high: 100}, type: code}
      """;

  @TempDir Path folder;

  private MappingContent content(String text) {
    try {
      Path file = Files.writeString(folder.resolve("mapping.yaml"), text);
      Problems problems = new Problems();
      MappingFile read = MappingFile.read(file, "mapping.yaml", problems).orElseThrow();
      return MappingContent.of(read.mapping());
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    }
  }

  private Map<String, String> changes(String words, String instead) {
    assertThat(MAPPING).contains(words);
    return content(MAPPING).changesTo(content(MAPPING.replace(words, instead)));
  }

  @Test
  void howItIsWrittenMakesNoDifference() {
    assertThat(changes("mapping: small\n", "# a comment\nmapping: 'small'\n")).isEmpty();
    assertThat(changes("version: 1", "version: 2\ndescription: other words")).isEmpty();
    assertThat(
            changes(
                "sex: {role: quasi-identifier, do: keep, type: code, why: needed}",
                """
                sex:
                        why: another reason
                        label: sex at birth
                        type: "code"
                        do: keep
                        role: quasi-identifier\
                """))
        .isEmpty();
    assertThat(changes("{low: 0, high: 100}", "{high: 100, low: 0}")).isEmpty();
    assertThat(
            changes(
                "subjects: {table: patients, key: patient_id,",
                "subjects: {key: patient_id, table: patients,"))
        .isEmpty();
    assertThat(changes("category: VISIT", "category: VISIT\n    description: every visit"))
        .isEmpty();
  }

  @Test
  void theOrderOfColumnsAndRulesMakesNoDifference() {
    String year =
        "        - {role: quasi-identifier, do: generalize, to: year, as: seen_year, type:"
            + " integer}\n";
    String day = "        - {role: quasi-identifier, do: keep, as: seen_on, type: date}\n";

    assertThat(changes(year + day, day + year)).isEmpty();
    assertThat(
            changes(
                "      born: {role: quasi-identifier, do: drop}\n      sex",
                "      other: {role: sensitive, do: drop}\n      sex"))
        .isEmpty();
  }

  @Test
  void everyChangeOfWhatLeavesHasItsName() {
    assertThat(changes("do: keep, as: seen_on", "do: dateShift, maxDays: 90, as: seen_on"))
        .containsExactly(Map.entry("visits.seen_on", "changed"));
    assertThat(changes("high: 100", "high: 200"))
        .containsExactly(Map.entry("visits.cost", "changed"));
    assertThat(changes("as: seen_year", "as: year_seen"))
        .containsExactly(
            Map.entry("visits.seen_year", "gone"), Map.entry("visits.year_seen", "new"));
    assertThat(changes("recordDate: [seen]", "recordDate: [seen, visit_id]"))
        .containsExactly(Map.entry("table visits", "changed"));
    assertThat(changes(", birthDate: born", "")).containsExactly(Map.entry("subjects:", "changed"));
    assertThat(changes("    timeless: one row per person\n", ""))
        .containsExactly(Map.entry("table patients", "changed"));
  }

  @Test
  void keysThatAreAbsentOrUsualAreNotPartOfIt() {
    assertThat(changes("category: VISIT", "category: VISIT\n    compareKeys: exact")).isEmpty();
    assertThat(content(MAPPING).parts().get("patients.sex"))
        .isEqualTo(
            "\"sex\"{role=\"QUASI_IDENTIFIER\";operator=\"keep\";type={type={kind=\"CODE\";"
                + "precision=\"0\";scale=\"0\";};};cells={};settings={};}");
  }

  @Test
  void theTextIsReadBack() {
    MappingContent content =
        content(MAPPING.replace("as: seen_on", "as: seen_on, unit: \"a\\n=b\""));

    assertThat(MappingContent.parse(content.text())).isEqualTo(content);
    assertThat(content.sha256()).hasSize(64).isNotEqualTo(content(MAPPING).sha256());
  }
}
