package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.consentry.cli.Installation.Answer;
import org.consentry.data.Sha256;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The sample's FHIR export releases what its tables release. */
final class FhirSampleTest {

  private static final String FHIR = "fhir-eyelid";
  private static final SampleReleases RELEASES = SampleReleases.get();
  private static Sql released = Sql.open();

  @BeforeAll
  static void release() {
    Answer answer = RELEASES.place().run(FHIR);
    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(0);
    for (String table : List.of("patients", "visits", "procedures", "proms")) {
      view("fhir_" + table, FHIR, table);
      view("csv_" + table, SampleReleases.EYELID, table);
    }
  }

  private static void view(String name, String job, String table) {
    Path data = RELEASES.release(job).resolve("data");
    released.run(
        "CREATE VIEW %s AS SELECT * FROM read_parquet('%s/%s*.parquet')"
            .formatted(name, data, table));
  }

  @AfterAll
  static void close() {
    released.close();
  }

  @Test
  void theSameSubjectsAreReadExcludedAndReleased() {
    JsonNode fromFhir = RELEASES.internalManifest(FHIR).at("/consent/subjects");
    JsonNode fromTables = RELEASES.internalManifest(SampleReleases.EYELID).at("/consent/subjects");

    assertThat(fromFhir).isEqualTo(fromTables);
    assertThat(fromFhir.path("released").asInt()).isEqualTo(313);
  }

  @Test
  void theManifestHasTheDigestOfEveryView() throws IOException {
    JsonNode lists = RELEASES.recipientManifest(FHIR).at("/inputs/lists");

    for (String table : List.of("patients", "visits", "procedures", "proms")) {
      byte[] view = Files.readAllBytes(Path.of("mappings/views/" + table + ".json"));
      assertThat(lists.path("view " + table).asString("")).isEqualTo(Sha256.hex(view));
    }
  }

  /** Both jobs are of one study, so a person has one code; codes of rows are of one release. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "patients|patient_id, sex, birth_year, state, zip3",
        "visits|patient_id, visit_year, age_at_visit, visit_type",
        "procedures|patient_id, procedure_year, age_at_procedure, cpt_code, icd10_codes,"
            + " laterality",
        "proms|patient_id, prom_year, score"
      })
  void theSameRowsAreReleased(String table, String columns) {
    String rows = "SELECT (%s)::VARCHAR FROM %s_%s ORDER BY 1";

    List<String> fromFhir = released.rows(rows.formatted(columns, "fhir", table));

    assertThat(fromFhir)
        .isEqualTo(released.rows(rows.formatted(columns, "csv", table)))
        .hasSizeGreaterThan(300);
  }

  /** Each table is joined to the patients by codes. */
  @Test
  void referencesAreKeysOfTheSameRelease() {
    assertThat(
            released.rows(
                "SELECT 1 FROM fhir_visits WHERE patient_id NOT IN (SELECT patient_id FROM"
                    + " fhir_patients) UNION ALL SELECT 2 FROM fhir_procedures WHERE visit_id IS"
                    + " NOT NULL AND visit_id NOT IN (SELECT visit_id FROM fhir_visits)"))
        .isEmpty();
  }
}
