package org.consentry.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.consentry.data.Change;
import org.consentry.problem.Problems;
import org.junit.jupiter.api.Test;

final class FileDiffTest {

  private static final String MAPPING =
      """
      mapping: clinic
      version: 1
      subjects: {table: people, key: id}
      tables:
        people:
          subject: id
          key: [id]
          category: DEMOGRAPHIC
          columns:
            id: {role: linkage-key, do: pseudonymize, domain: person, code: random, type: code}
            zip: {role: quasi-identifier, do: generalize, to: zip3, list: census-2020, type: code}
            sex: {role: quasi-identifier, do: recode, map: {F: female, M: male}, type: code}
            born:
              - {role: quasi-identifier, do: birth-year, as: birth_year, type: integer}
              - {role: quasi-identifier, do: age, as: age, type: integer}
      """;

  private static Node.Mapping node(String text) {
    Problems problems = new Problems();
    return YamlFile.parse(text.getBytes(StandardCharsets.UTF_8), "file", problems)
        .orElseThrow()
        .root();
  }

  private static List<String> changes(String... replacements) {
    String later = MAPPING;
    for (int i = 0; i < replacements.length; i += 2) {
      assertThat(later).contains(replacements[i]);
      later = later.replace(replacements[i], replacements[i + 1]);
    }
    return texts(FileDiff.mappings(node(MAPPING), node(later)));
  }

  private static List<String> texts(List<Change> changes) {
    return changes.stream()
        .map(change -> (change.isBreaking() ? "! " : "") + change.text())
        .toList();
  }

  @Test
  void orderQuotesCommentsAndWrittenDefaultsDoNotMatter() {
    assertThat(
            changes(
                "version: 1\n", "unmapped: stop\nversion: \"1\" # first\n",
                "key: [id]\n", "compareKeys: exact\n    key: id\n",
                "{F: female, M: male}", "{M: male, F: female}"))
        .isEmpty();
  }

  @Test
  void anOperatorIsShownWithItsSettings() {
    assertThat(
            changes(
                "do: generalize, to: zip3, list: census-2020, type: code",
                "do: drop, why: not needed"))
        .containsExactly(
            "! people.zip: rule generalize (to zip3, list census-2020) -> drop",
            "people.zip: why added: not needed");
  }

  @Test
  void settingsOfTheSameOperatorAreComparedOneByOne() {
    assertThat(changes("census-2020", "census-2010", "F: female", "F: woman, D: other"))
        .containsExactly(
            "people.zip: list census-2020 -> census-2010",
            "people.sex: map.F female -> woman",
            "people.sex: map.D added: other");
  }

  @Test
  void namesTypesKeysAndCodesMayBreakPrograms() {
    assertThat(
            changes(
                "as: age, type: integer", "as: years, type: integer",
                "code: random", "code: keyed",
                "as: birth_year, type: integer", "as: birth_year, type: text"))
        .containsExactly(
            "! people.id: code random -> keyed",
            "! people.born as birth_year: type integer -> text",
            "people.born as years: column added: age",
            "! people.born as age: column removed: age");
  }

  @Test
  void aTableThatIsGoneMayBreakPrograms() {
    assertThat(changes("  people:\n", "  persons:\n"))
        .containsExactly(
            "persons: table added: id, zip, sex, born",
            "! people: table removed: id, zip, sex, born");
  }

  @Test
  void ofAReferenceToAKeyOnlyItsKindIsShown() {
    String job = "job: a\nkeys: {study: \"file:../secret-place.key\"}\n";

    assertThat(texts(FileDiff.jobs(node(job), node(job.replace("file:../secret-place", "env:X")))))
        .singleElement()
        .asString()
        .startsWith("job: keys.study file:... (SHA-256 ")
        .doesNotContain("secret-place");
  }
}
