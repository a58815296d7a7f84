package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.consentry.cli.SampleReleases.LIMITED;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.consentry.cli.Installation.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One cohort as CSV, compressed or not, in PostgreSQL, in a database that is read by JDBC alone, as
 * Parquet and as FHIR: jobs of one study, one vault and one key release the same of it.
 */
final class OneCohortTest {

  private static final String CSV = "csv-clinic";
  private static final String COMPRESSED = "compressed-clinic";
  private static final String POSTGRES = "postgres-clinic";
  private static final String ANY = "any-database-clinic";
  private static final String PARQUET = "parquet-clinic";
  private static final String FHIR = "fhir-clinic";

  private static final List<String> TABLES = List.of("patients", "visits", "procedures", "proms");

  /** Columns of the tables that the views of the FHIR export have not. */
  private static final String NOT_IN_FHIR =
      " {6}(secure_email|preferred_contact|may_leave_message|employer|occupation|emergency_.*"
          + "|insurer|arrived_at|note|implant_serial):.*";

  @TempDir private static Path folder;
  private static Installation place;
  private static Sql released = Sql.open();

  @BeforeAll
  static void release() throws SQLException, IOException {
    place = SmallSample.in(folder);
    ClinicDatabase.removeRaggedRows(place);
    Path mapping = folder.resolve("mappings/clinic-limited-data-set.yaml");
    // Codes of patients come from the vault.
    place.replace(
        mapping, "domain: patient\n        code: keyed", "domain: patient\n        code: random");
    // FHIR has words of its own.
    place.replace(mapping, "X: other}", "X: other, female: female, male: male, other: other}");
    for (String job : List.of(CSV, COMPRESSED, POSTGRES, ANY, PARQUET, FHIR)) {
      Installation.write(
          place.job(job),
          Installation.read(place.job(LIMITED)).replace("job: " + LIMITED, "job: " + job));
    }
    ClinicCompressed.use(place, COMPRESSED);
    ClinicDatabase.usePostgres(place, POSTGRES);
    ClinicParquet.use(place, PARQUET);
    useFhir(mapping);

    run(CSV);
    run(COMPRESSED);
    run(POSTGRES);
    run(PARQUET);
    run(FHIR);
    // Jobs name the files of one login.
    ClinicDatabase.useHsqldb(place, ANY);
    run(ANY);
  }

  private static void run(String job) {
    Answer answer = place.run(job);
    assertThat(answer.exitCode()).as(answer.err()).isIn(0, 3);
  }

  private static void useFhir(Path mapping) {
    Installation.write(
        mapping.resolveSibling("fhir-limited-data-set.yaml"),
        fhirMapping(Installation.read(mapping)));
    place.replace(
        mapping.resolveSibling("fhir-limited-data-set.yaml"),
        "mapping: clinic-limited-data-set",
        "mapping: fhir-limited-data-set");
    Path job = place.job(FHIR);
    place.replace(job, "clinic-limited-data-set.yaml", "fhir-limited-data-set.yaml");
    place.replace(job, ", photos, proms]", ", proms]");
    place.replace(
        job,
        "{type: csv, path: ../sample-data/clinic, encoding: utf-8}",
        "{type: fhir, path: ../sample-data/fhir, views: ../mappings/views}");
  }

  private static String fhirMapping(String mapping) {
    StringBuilder fewer = new StringBuilder();
    boolean isLeftOut = false;
    for (String line : mapping.lines().toList()) {
      if (line.matches(" {0,6}\\S.*")) {
        isLeftOut = line.matches(NOT_IN_FHIR);
      }
      if (!isLeftOut) {
        fewer.append(line).append('\n');
      }
    }
    return fewer.toString();
  }

  @AfterAll
  static void close() {
    released.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {COMPRESSED, POSTGRES, ANY, PARQUET})
  void tablesGiveTheSameBytesInAnyForm(String job) {
    Map<String, String> files = Installation.digests(place.release(CSV).resolve("data"));

    assertThat(Installation.digests(place.release(job).resolve("data"))).isEqualTo(files);
    assertThat(files).hasSize(5);
  }

  /** Columns that both have; questionnaires have other names in FHIR. */
  @ParameterizedTest
  @ValueSource(strings = {"patients", "visits", "procedures", "proms"})
  void resourcesGiveTheSameRows(String table) {
    Path fromFhir = place.release(FHIR).resolve("data/" + table + ".csv");
    released.csv("csv_" + table, place.release(CSV).resolve("data/" + table + ".csv"));
    released.csv("fhir_" + table, fromFhir);
    String columns =
        Installation.read(fromFhir).lines().findFirst().orElseThrow().replace(",instrument", "");
    String rows = "SELECT (" + columns + ")::VARCHAR FROM %s_" + table + " ORDER BY 1";

    assertThat(released.rows(rows.formatted("fhir")))
        .isEqualTo(released.rows(rows.formatted("csv")))
        .hasSizeGreaterThan(30);
  }

  @ParameterizedTest
  @ValueSource(strings = {COMPRESSED, POSTGRES, ANY, PARQUET, FHIR})
  void theManifestsHaveTheSameCounts(String job) {
    assertThat(counts(job)).isEqualTo(counts(CSV)).containsKeys("subjects", "visits");
  }

  /** Every other empty text of a database is NULL, as are empty dates and numbers. */
  @ParameterizedTest
  @ValueSource(strings = {POSTGRES, ANY})
  void theManifestHasTheNullsAndEmptyTextsOfADatabase(String job) {
    JsonNode missing = rows(SampleReleases.internalManifest(place, job), "procedures");

    assertThat(missing.at("/missing/laterality/null").asInt()).isBetween(1, 100);
    assertThat(missing.at("/missing/laterality/emptyText").asInt()).isBetween(1, 100);
    assertThat(missing.at("/missing/cpt_code").isMissingNode()).isTrue();
  }

  private static ObjectNode rows(JsonNode manifest, String table) {
    return (ObjectNode) SampleReleases.table(manifest, table).get("rows");
  }

  private static Map<String, String> counts(String job) {
    JsonNode manifest = SampleReleases.internalManifest(place, job);
    Map<String, String> counts = new TreeMap<>();
    counts.put("subjects", manifest.at("/consent/subjects").toString());
    for (String table : TABLES) {
      counts.put(table, rows(manifest, table).deepCopy().without("missing").toString());
    }
    return counts;
  }
}
