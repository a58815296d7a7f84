package org.consentry.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class ManifestDiffTest {

  private static final String TABLE =
      """
      {"tables": [{"name": "visits", "key": ["id"], "rows": {"released": 20, "excludedTotal": "<11",
        "countedOn": {"excludedTotal": "2026-01-01"}},
        "columns": [
          {"source": "id", "operator": "pseudonymize", "technique": "pseudonymization",
           "parameters": {"code": "keyed"}, "released": {"name": "id", "type": "code"}},
          {"source": "when", "operator": "keep", "technique": "none", "done": "As it was.",
           "released": {"name": "day", "type": "date", "absent": ["MISSING"]}}],
        "files": [{"format": "csv", "sha256": "a"}]}],
       "authority": {"terms": ["Destroy the data.", "Do not pass it on."]},
       "consent": {"subjects": {"released": 20, "excluded": {"NOT_PERMITTED": 30}}},
       "software": {"name": "consentry 1"}}
      """;

  private static JsonNode predicate(String text) {
    return Json.read(text.getBytes(StandardCharsets.UTF_8)).orElseThrow();
  }

  private static List<String> changes(String... replacements) {
    String later = TABLE;
    for (int i = 0; i < replacements.length; i += 2) {
      assertThat(later).contains(replacements[i]);
      later = later.replace(replacements[i], replacements[i + 1]);
    }
    return ManifestDiff.of(predicate(TABLE), predicate(later)).stream()
        .map(change -> (change.isBreaking() ? "! " : "") + change.text())
        .toList();
  }

  @Test
  void theSameManifestHasNoChanges() {
    assertThat(changes()).isEmpty();
  }

  @Test
  void aRenamedColumnIsNotGuessed() {
    assertThat(changes("\"name\": \"day\"", "\"name\": \"visited\""))
        .containsExactly(
            "visits.visited: column added: date", "! visits.day: column removed: date");
  }

  @Test
  void typesKeysFormatsAndCodesMayBreakPrograms() {
    assertThat(
            changes(
                "\"type\": \"date\"", "\"type\": \"text\"",
                "[\"id\"]", "[]",
                "\"csv\"", "\"parquet\"",
                "\"keyed\"", "\"one-time\""))
        .containsExactly(
            "! visits: key id -> none",
            "! visits: format of files removed: csv",
            "visits: format of files added: parquet",
            "! visits.id: codes code keyed -> code one-time",
            "! visits.day: type date -> text",
            "visits.id: rule pseudonymize (code keyed) -> pseudonymize (code one-time)");
  }

  @Test
  void aKeyWhereRowsWereRepeatedBeforeBreaksNothing() {
    String repeated = TABLE.replace("[\"id\"]", "[]");

    assertThat(ManifestDiff.of(predicate(repeated), predicate(TABLE)))
        .extracting(change -> change.text() + " " + change.isBreaking())
        .containsExactly("visits: key none -> id false");
  }

  @Test
  void figuresAreShownAsTheyAreAndNeverSubtracted() {
    assertThat(
            changes(
                "\"excludedTotal\": \"<11\"", "\"excludedTotal\": 20",
                "\"2026-01-01\"", "\"2026-02-01\"",
                "\"NOT_PERMITTED\": 30", "\"NOT_PERMITTED\": 40"))
        .containsExactly(
            "visits: rows excluded <11 -> 20", "people: excluded, NOT_PERMITTED 30 -> 40");
  }

  @Test
  void aNewDayOfAFigureIsNoChange() {
    assertThat(changes("\"2026-01-01\"", "\"2026-02-01\"")).isEmpty();
  }

  @Test
  void termsAreComparedOneByOneAndTheirOrderDoesNotMatter() {
    assertThat(
            changes(
                "[\"Destroy the data.\", \"Do not pass it on.\"]",
                "[\"Do not pass it on.\", \"Return the data.\"]"))
        .containsExactly(
            "release: terms added: Return the data.", "release: terms removed: Destroy the data.");
  }

  @Test
  void nothingOfAForeignManifestSteersATerminal() {
    assertThat(changes("consentry 1", "consentry\\u001b[2J 2"))
        .containsExactly("software: name consentry 1 -> consentry [2J 2");
  }

  @Test
  void tablesWithOneTimeCodesNeedDigests() {
    String then = TABLE.replace("keyed", "one-time");
    String now = then.replace("\"a\"", "\"b\"");

    assertThat(data(then, now, DataComparison.Contents.NONE))
        .isEqualTo(
            "Not comparable, because codes are valid in one release only or files are encrypted:"
                + " visits.");
    assertThat(data(then, now, contents("1", "1")))
        .isEqualTo(
            "Same data as r1, except for codes that are valid in one release only (visits).");
    assertThat(data(then, now, contents("1", "2"))).isEqualTo("Changed data: visits.");
    assertThat(data(then, then, DataComparison.Contents.NONE))
        .isEqualTo("Same data as r1: all data files have the same content.");
  }

  @Test
  void encryptedFilesNeedDigests() {
    String then = TABLE.replace("{\"format\"", "{\"encryption\": \"age\", \"format\"");
    String now = then.replace("\"a\"", "\"b\"");
    assertThat(then).isNotEqualTo(TABLE);

    assertThat(data(then, now, DataComparison.Contents.NONE)).startsWith("Not comparable, ");
    assertThat(data(TABLE, now, contents("1", "1")))
        .isEqualTo("Same data as r1: all data files have the same content.");
    assertThat(data(then, now, contents("1", "2"))).isEqualTo("Changed data: visits.");
  }

  private static DataComparison.Contents contents(String earlier, String later) {
    return new DataComparison.Contents(Map.of("visits", earlier), Map.of("visits", later));
  }

  private static String data(String then, String now, DataComparison.Contents contents) {
    return DataComparison.of(predicate(then), predicate(now), contents).words("r1");
  }
}
