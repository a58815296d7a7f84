package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.consentry.cli.Installation.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Texts that a spreadsheet runs as formulas, from the source to what people read. */
final class FormulasTest {

  private static final String QUERY = "SELECT finding FROM '%s' ORDER BY finding";

  private final ChainClinic clinic;

  FormulasTest(@TempDir Path folder) throws IOException {
    clinic = ChainClinic.in(folder.toRealPath());
  }

  @BeforeEach
  void addPatients() {
    patient("P1", "=1+1");
    patient("P2", "@cmd");
    patient("P3", "ok");
    patient("P4", "=2+2");
    clinic.consent("L4", "P4", Map.of("decision", "DENY"));
  }

  private void patient(String id, String finding) {
    clinic.row("patients", id, "1980-01-01");
    clinic.row("episodes", "E" + id, id, "2021-05-30");
    clinic.row("visits", "V" + id, "E" + id, id, "2021-06-01", "2021-06-02");
    clinic.row("procedures", "C" + id, "V" + id, id, "2021-06-02", "k", "D", "-4", "11", finding);
    clinic.consent("L" + id, id, Map.of());
  }

  private Answer run(String output) {
    Path job = clinic.file("job.yaml");
    Installation.write(
        job, Installation.read(job).replace("{format: both, directory: releases}", output));
    return clinic.run();
  }

  private String data(String form) {
    try (Sql sql = Sql.open()) {
      Path file = clinic.release().resolve("data/procedures." + form);
      return String.join(" ", sql.rows(QUERY.formatted(file)));
    }
  }

  private String read(String name) throws IOException {
    return Files.readString(clinic.release().resolve(name)).replaceAll("\\s+", " ");
  }

  private static JsonNode finding(JsonNode manifest) {
    return StreamSupport.stream(manifest.path("tables").spliterator(), false)
        .filter(table -> table.path("name").asString().equals("procedures"))
        .flatMap(table -> StreamSupport.stream(table.path("columns").spliterator(), false))
        .filter(column -> column.path("source").asString().equals("finding"))
        .findFirst()
        .orElseThrow()
        .path("released");
  }

  @Test
  void areReleasedAsTheyAreCountedAndReportedByDefault() throws IOException {
    Answer answer = run("{format: both, directory: releases}");

    assertThat(answer.exitCode()).as(answer.err()).isZero();
    assertThat(data("csv")).isEqualTo("=1+1 @cmd ok");
    assertThat(data("parquet")).isEqualTo("=1+1 @cmd ok");
    for (JsonNode manifest : new JsonNode[] {clinic.manifest(), clinic.internalManifest()}) {
      assertThat(manifest.path("spreadsheets").toString())
          .isEqualTo("{\"formulas\":\"report\",\"formulaCells\":2}");
      assertThat(finding(manifest).path("formulaCells").asInt()).isEqualTo(2);
    }
    assertThat(read("README.md"))
        .contains("## Spreadsheets", "- `procedures`, `finding`: 2 cells", "They are released as");
    assertThat(read("codebook.csv")).containsPattern("procedures,finding,[^\\n]*,2,(?:\\d+|<11),");
    assertThat(read("codebook.html")).contains("A spreadsheet runs them as formulas.");
    assertThat(read("manifest.html"))
        .contains("Texts that a spreadsheet runs as formulas")
        .contains("<td>finding</td><td class=\"n\">2</td>");
  }

  @Test
  void areEscapedInCsvFilesAlone() throws IOException {
    Answer answer = run("{format: both, directory: releases, csv: {formulas: escape}}");

    assertThat(answer.exitCode()).as(answer.err()).isZero();
    assertThat(data("csv")).isEqualTo("'=1+1 '@cmd ok");
    assertThat(data("parquet")).isEqualTo("=1+1 @cmd ok");
    assertThat(read("data/procedures.csv")).contains(",D,-4,11.00,'=1+1");
    assertThat(clinic.manifest().path("spreadsheets").toString())
        .isEqualTo("{\"formulas\":\"escape\",\"formulaCells\":2}");
    assertThat(read("README.md")).contains("In the CSV files a single quote (`'`) precedes each");
    assertThat(read("codebook.html")).contains("CSV files have a single quote before each");
    assertThat(read("manifest.html")).contains("CSV files have a single quote before each");
    assertThat(read("datapackage.json"))
        .containsOnlyOnce("A single quote before =, +, -, @, a tab or a line break is no part");
    assertThat(clinic.call("verify", clinic.release().toString()).exitCode()).isZero();
  }

  @Test
  void stopTheRunBeforeAnythingIsReleased() {
    Answer answer = run("{format: csv, directory: releases, csv: {formulas: stop}}");

    assertThat(answer.exitCode()).isEqualTo(13);
    assertThat(answer.err())
        .contains(
            "job.yaml:14:60: error FORMULA_CELLS 2 cells of the released column 'finding' of table"
                + " 'procedures' would run as a formula in a spreadsheet: the text begins with =, +,"
                + " -, @, a tab or a line break; recode or drop the column, repair the source, or"
                + " write formulas: report or escape")
        .doesNotContain("@cmd");
    assertThat(Installation.files(clinic.file("releases/chain"))).isEmpty();
  }

  @Test
  void areNoConcernOfParquetFiles() {
    Answer answer = run("{format: parquet, directory: releases, csv: {formulas: stop}}");

    assertThat(answer.exitCode()).isEqualTo(10);
    assertThat(answer.err()).contains("csv belongs to format csv or both");
  }
}
