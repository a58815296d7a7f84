package org.consentry.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Views of one type of resource are read in one pass, and each has its own files and marker. */
final class SharedPassTest {

  private static final long SEED = 20261129;
  private static final int FILES = 3;
  private static final int PATIENTS = 12;
  private static final List<String> OF_ENCOUNTERS = List.of("visits", "contacts", "stays");

  /** What a split leaves behind; it counts only with all of it. */
  private static final List<String> OF_A_SPLIT = List.of("marker", "keys", "days", "spill");

  private final Random random = new Random(SEED);

  @TempDir private Path root;
  private SmallClinic clinic;

  @BeforeEach
  void bulkExport() throws IOException {
    clinic = new SmallClinic(root).patients(1, PATIENTS).withdraws(2);
    Files.createDirectories(root.resolve("bulk"));
    write("bulk/Patient.ndjson", patients());
    for (int file = 0; file < FILES; file++) {
      write("bulk/Encounter.00" + file + ".ndjson", encounters(file * 100));
    }
    view("patients", "Patient", "", "patient_id id", "date_of_birth birthDate", "sex gender");
    view(
        "visits",
        "Encounter",
        "",
        "visit_id getResourceKey()",
        "patient_id subject.getReferenceKey(Patient)",
        "visited_on period.start",
        "kind class.code");
    view(
        "contacts",
        "Encounter",
        "\"forEach\": \"participant\", ",
        "place %rowIndex",
        "part type.first().text");
    view(
        "stays",
        "Encounter",
        "",
        "stay_id getResourceKey()",
        "patient_id subject.getReferenceKey(Patient)",
        "begun_on period.start",
        "left hospitalization.dischargeDisposition.text");
    clinic.job("fhir", "a", "uni", Basis.LIMITED_DATA_SET);
    Files.writeString(root.resolve("mappings/fhir.yaml"), mapping(""));
  }

  @Test
  void tablesOfOneTypeAreReadTogetherAndReleaseWhatEachReleasesAlone() {
    StageRun together = new StageRun(clinic, job(OF_ENCOUNTERS));
    Map<String, List<String>> files = released(together, OF_ENCOUNTERS);

    assertThat(together.workers().begun())
        .startsWith(
            "extract-0 patients-0",
            "extract-1 visits-0",
            "extract-1 visits-1",
            "extract-1 visits-2")
        .filteredOn(name -> name.startsWith("extract-"))
        .hasSize(1 + FILES);
    for (String table : OF_ENCOUNTERS) {
      StageRun alone = new StageRun(clinic, job(List.of(table)));

      assertThat(released(alone, List.of(table)).get(table))
          .as(table)
          .hasSizeGreaterThan(PATIENTS)
          .isEqualTo(files.get(table));
      assertThat(alone.workers().begun()).contains("extract-1 " + table + "-2");
    }
  }

  /** A row of the one is released only if that of the other is, so the other comes first. */
  @Test
  void tablesThatReferToEachOtherAreReadOneAfterTheOther() throws IOException {
    Files.writeString(
        root.resolve("mappings/fhir.yaml"),
        mapping("    references: {stay_id: visits.visit_id}\n"));
    StageRun run = new StageRun(clinic, job(OF_ENCOUNTERS));

    run.extract();

    assertThat(run.workers().begun())
        .contains("extract-1 visits-1", "extract-2 stays-1")
        .doesNotContain("extract-1 contacts-1", "extract-1 stays-1");
  }

  /** A kill may leave any of the files of a pass, finished or not. */
  @Test
  void whateverAPassLeftBehindOnlyTheOtherTablesAreReadAgainAndTheBytesAreTheSame()
      throws IOException {
    Path job = job(OF_ENCOUNTERS);
    Map<String, List<String>> whole = released(new StageRun(clinic, job), OF_ENCOUNTERS);
    for (int trial = 0; trial < 8; trial++) {
      StageRun first = new StageRun(clinic, job);
      first.extract();
      Map<Path, Boolean> lost = damage(first.staging().work());
      StageRun again = new StageRun(clinic, job);

      Extraction extraction = again.extract();

      assertThat(again.workers().begun())
          .as("seed %d, trial %d, lost %s", SEED, trial, lost)
          .containsExactlyElementsOf(passes(lost));
      for (Map.Entry<Path, Boolean> spill : lost.entrySet()) {
        boolean isNew = Files.getLastModifiedTime(spill.getKey()).toMillis() > 0;
        assertThat(isNew).as(spill.toString()).isEqualTo(spill.getValue());
      }
      assertThat(extraction.tables()).hasSize(1 + OF_ENCOUNTERS.size());
      assertThat(released(new StageRun(clinic, job), OF_ENCOUNTERS)).isEqualTo(whole);
    }
  }

  /** Each spill file, and whether its split lost something and must be done again. */
  private Map<Path, Boolean> damage(Path work) throws IOException {
    Map<Path, Boolean> lost = new LinkedHashMap<>();
    for (String table : OF_ENCOUNTERS) {
      for (int split = 0; split < FILES; split++) {
        Path spill = work.resolve(table + "-" + split + ".spill");
        Files.setLastModifiedTime(spill, FileTime.fromMillis(0));
        boolean isLost = random.nextInt(3) == 0;
        if (isLost) {
          String end = OF_A_SPLIT.get(random.nextInt(OF_A_SPLIT.size()));
          Files.delete(work.resolve(table + "-" + split + "." + end));
        }
        lost.put(spill, isLost);
      }
    }
    return lost;
  }

  private static List<String> passes(Map<Path, Boolean> lost) {
    TreeSet<String> passes = new TreeSet<>();
    lost.forEach(
        (spill, isLost) -> {
          if (isLost) {
            String name = spill.getFileName().toString();
            passes.add("extract-1 visits" + name.substring(name.indexOf('-'), name.indexOf('.')));
          }
        });
    return List.copyOf(passes);
  }

  private Map<String, List<String>> released(StageRun run, List<String> tables) {
    run.sort();
    Map<String, List<String>> files = new LinkedHashMap<>();
    for (String table : tables) {
      files.put(table, lines(run.staging().release().resolve("data/" + table + ".csv")));
    }
    return files;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  private Path job(List<String> tables) {
    Path job = clinic.job("fhir", "a", "uni", Basis.LIMITED_DATA_SET);
    clinic.edit(
        "jobs/fhir.yaml",
        "{type: csv, path: ../clinic}",
        "{type: fhir, path: ../bulk, views: ../views}");
    clinic.edit("jobs/fhir.yaml", "days.yaml", "fhir.yaml");
    clinic.append(
        "jobs/fhir.yaml", "tables: [patients, " + String.join(", ", tables) + "]", "zone: UTC");
    return job;
  }

  private void view(String name, String type, String rows, String... columns) throws IOException {
    String select =
        Stream.of(columns)
            .map(column -> column.split(" ", 2))
            .map(pair -> "{\"name\": \"%s\", \"path\": \"%s\"}".formatted(pair[0], pair[1]))
            .reduce((one, other) -> one + ", " + other)
            .orElseThrow();
    String subject =
        rows.isEmpty()
            ? ""
            : "{\"column\": [{\"name\": \"contact_id\", \"path\": \"getResourceKey()\"},"
                + " {\"name\": \"patient_id\", \"path\": \"subject.getReferenceKey(Patient)\"},"
                + " {\"name\": \"met_on\", \"path\": \"period.start\"}]}, ";
    Files.createDirectories(root.resolve("views"));
    write(
        "views/" + name + ".json",
        "{\"name\": \"%s\", \"resource\": \"%s\", \"select\": [%s{%s\"column\": [%s]}]}"
            .formatted(name, type, subject, rows, select));
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(root.resolve(file), text);
  }

  private static String patients() {
    StringBuilder lines = new StringBuilder();
    for (int patient = 1; patient <= PATIENTS; patient++) {
      lines.append(
          "{\"resourceType\":\"Patient\",\"id\":\"%s\",\"birthDate\":\"1970-01-01\",\"gender\":\"female\"}\n"
              .formatted(SmallClinic.id(patient)));
    }
    return lines.toString();
  }

  private String encounters(int from) {
    StringBuilder lines = new StringBuilder();
    for (int number = from; number < from + 20; number++) {
      List<String> parts = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        parts.add("{'type':[{'text':'part %d'}]}".formatted(random.nextInt(3)));
      }
      String encounter =
          "{'resourceType':'Encounter','id':'V%d','subject':{'reference':'Patient/%s'},'class':{'code':'%s'},'period':{'start':'2022-05-%02d'},'participant':[%s],'hospitalization':{'dischargeDisposition':{'text':'%s'}}}"
              .formatted(
                  number,
                  SmallClinic.id(1 + random.nextInt(PATIENTS)),
                  random.nextBoolean() ? "AMB" : "IMP",
                  1 + random.nextInt(28),
                  String.join(",", parts),
                  random.nextBoolean() ? "home" : "other");
      lines.append(encounter.replace('\'', '"')).append('\n');
    }
    return lines.toString();
  }

  private static String mapping(String references) {
    String keep = "{role: non-sensitive, do: keep, type: code, why: needed}\n";
    String drop = "{role: linkage-key, do: drop, why: not needed}\n";
    String patient =
        "      patient_id: {role: linkage-key, do: pseudonymize, domain: patient, code: random, type:"
            + " code, why: joins tables}\n";
    String day = "{role: quasi-identifier, do: keep, type: date, why: needed}\n";
    return """
        mapping: fhir
        version: 1
        description: a small clinic
        unmapped: stop
        subjects: {table: patients, key: patient_id, birthDate: date_of_birth}
        tables:
          patients:
            subject: patient_id
            key: [patient_id]
            category: DEMOGRAPHIC
            timeless: one row per person, no event
            columns:
        """
        + patient
        + "      date_of_birth: {role: quasi-identifier, do: drop}\n"
        + "      sex: {role: quasi-identifier, do: keep, type: code, why: needed}\n"
        + table("visits", "visit_id", "visited_on")
        + "    columns:\n"
        + "      visit_id: "
        + drop
        + patient
        + "      visited_on: "
        + day
        + "      kind: "
        + keep
        + table("contacts", "contact_id, place", "met_on")
        + "    columns:\n"
        + "      contact_id: "
        + drop
        + patient
        + "      met_on: "
        + day
        + "      place: {role: non-sensitive, do: keep, type: integer, why: needed}\n"
        + "      part: "
        + keep
        + table("stays", "stay_id", "begun_on")
        + references
        + "    columns:\n"
        + "      stay_id: "
        + drop
        + patient
        + "      begun_on: "
        + day
        + "      left: "
        + keep;
  }

  private static String table(String name, String key, String date) {
    return """
          %s:
            subject: patient_id
            key: [%s]
            recordDate: [%s]
            category: VISIT
        """
        .formatted(name, key, date)
        .indent(0);
  }
}
