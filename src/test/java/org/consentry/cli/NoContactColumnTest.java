package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.consentry.cli.SampleReleases.EYELID;
import static org.consentry.cli.SampleReleases.LIMITED;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.consentry.cli.Installation.Answer;
import org.consentry.testing.ContactColumns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * For every job of research that comes with the product: no column by which a patient could be
 * called, written to, visited or named is released, and no value of one.
 */
final class NoContactColumnTest {

  @TempDir Path folder;

  @Test
  void everyShippedJobIsLookedAtHere() throws IOException {
    try (var jobs = Files.list(Path.of("jobs"))) {
      assertThat(jobs.map(Path::getFileName).map(Path::toString))
          .filteredOn(name -> name.endsWith(".yaml"))
          .containsExactlyInAnyOrder(
              EYELID + ".yaml",
              LIMITED + ".yaml",
              "eyelid-expert.yaml",
              "fhir-eyelid.yaml",
              "omop-safe-harbor.yaml",
              // of named people: InsurerLetterTest, LegalProcessTest and ContactKindsTest
              "insurer-response.yaml",
              "legal-process.yaml",
              "mailing.yaml",
              "recontact.yaml");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {EYELID, LIMITED})
  void clinicJobsReleaseNoContact(String job) {
    SampleReleases releases = SampleReleases.get();

    requireNoContact(releases.release(job), ContactColumns.CLINIC, sources(releases.place()));
  }

  @Test
  void theTablesOfTheCommonDataModelReleaseNoContact() {
    SampleReleases releases = SampleReleases.get();

    requireNoContact(
        releases.made("omop-safe-harbor"), ContactColumns.CLINIC, sources(releases.place()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"eyelid-expert", "fhir-eyelid"})
  void otherJobsOfTheClinicReleaseNoContact(String job) throws IOException {
    Installation place = Installation.in(folder.toRealPath());

    Answer answer = place.run(job);

    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(0);
    requireNoContact(place.release(job), ContactColumns.CLINIC, sources(place));
  }

  private static Map<String, Path> sources(Installation place) {
    Map<String, Path> sources = new LinkedHashMap<>();
    ContactColumns.CLINIC.keySet().forEach(table -> sources.put(table, place.clinic(table)));
    return sources;
  }

  @Test
  void theSyntheaJobReleasesNoContact() throws IOException {
    Path export =
        Path.of(System.getProperty("consentry.shared.data", "../shared/data"))
            .resolve("synthea-ma100/csv");
    assumeTrue(Files.isDirectory(export), "skipped: needs an export of Synthea, which is not here");
    Installation place = Installation.in(folder.toRealPath());
    try (var tables = Files.list(export)) {
      for (Path table : tables.toList()) {
        Path copy = place.root().resolve("synthea/csv").resolve(table.getFileName().toString());
        Files.createDirectories(copy.getParent());
        Files.copy(table, copy);
      }
    }
    SyntheaClinic.copyJob(place.root());
    Path patients = place.root().resolve("synthea/csv/patients.csv");
    permitAllPatients(place, patients);

    Answer answer = place.run("synthea-safe-harbor");

    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(0);
    requireNoContact(
        place.release("synthea-safe-harbor"), ContactColumns.SYNTHEA, Map.of("patients", patients));
  }

  private static void permitAllPatients(Installation place, Path patients) {
    String header = Installation.read(place.clinic("consents")).lines().findFirst().orElseThrow();
    StringBuilder consents = new StringBuilder(header + "\n");
    try (Sql sql = Sql.open().csv("patients", patients)) {
      int number = 0;
      for (String id : sql.rows("SELECT Id FROM patients")) {
        consents.append(
            "C%d,%s,PERMIT,ACTIVE,2019-01-22T09:13:00,2019-01-23T05:13:00,2019-01-22,,NONE,"
                    .formatted(++number, id)
                + "BROAD_CONSENT,BROAD,1,"
                + "a".repeat(64)
                + ",PATIENT,,NA,HRESCH,,*,*,*,*,*,,,,MA,made for a test\n");
      }
    }
    Installation.write(place.root().resolve("synthea/consents.csv"), consents.toString());
  }

  private static void requireNoContact(
      Path release, Map<String, List<String>> contacts, Map<String, Path> sources) {
    try (Sql sql = Sql.ofRelease(release);
        Sql source = Sql.open()) {
      Set<String> names =
          ContactColumns.neverReleased(contacts).stream()
              .map(name -> name.toLowerCase(Locale.ROOT))
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(sql.rows("SELECT lower(column_name) FROM duckdb_columns() WHERE NOT internal"))
          .isNotEmpty()
          .doesNotContainAnyElementsOf(names);

      Set<String> released = released(sql);
      String text = String.join("\n", released) + "\n" + documents(release);
      List<String> leaks = new ArrayList<>();
      contacts.forEach(
          (table, columns) -> {
            source.csv(table, Objects.requireNonNull(sources.get(table)));
            for (String column : columns) {
              for (String value : values(source, table, column)) {
                boolean whole = released.contains(value);
                boolean within = value.length() > 6 && hasDigitOrAt(value) && text.contains(value);
                if (whole || within) {
                  leaks.add(table + "." + column);
                }
              }
            }
          });
      assertThat(leaks).isEmpty();
    }
  }

  /** Distinct released values but for codes, in small letters. */
  private static Set<String> released(Sql sql) {
    Set<String> values = new TreeSet<>();
    for (String place :
        sql.rows(
            "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal"
                + " AND column_name <> 'city'")) {
      String[] cells = place.split("\\|", -1);
      values.addAll(
          sql.rows(
              "SELECT DISTINCT lower(\"%2$s\"::VARCHAR) FROM %1$s WHERE \"%2$s\" IS NOT NULL"
                  .formatted(cells[0], cells[1])));
    }
    values.removeIf(value -> value.matches("[A-Z]{1,4}-[a-z2-7]{26}"));
    return values;
  }

  /** What is beside the data. */
  private static String documents(Path release) {
    return Installation.files(release).stream()
        .filter(file -> !file.startsWith(release.resolve("data")))
        .map(file -> Installation.read(file).toLowerCase(Locale.ROOT))
        .collect(Collectors.joining("\n"));
  }

  private static Set<String> values(Sql source, String table, String column) {
    Set<String> values =
        new TreeSet<>(
            source.rows(
                "SELECT DISTINCT lower(trim(\"%2$s\")) FROM %1$s WHERE trim(\"%2$s\") <> ''"
                    .formatted(table, column)));
    values.removeIf(value -> Set.of("yes", "no", "unknown").contains(value));
    return values;
  }

  private static boolean hasDigitOrAt(String value) {
    return value.chars().anyMatch(c -> c == '@' || Character.isDigit(c));
  }
}
