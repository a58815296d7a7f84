package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneId;
import java.util.List;
import java.util.TimeZone;
import org.consentry.cli.Installation.Answer;
import org.consentry.keys.StudyKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In which time zone the clinic's days begin, over whole runs. */
final class ClinicZoneTest {

  private static final String JOB = "outcomes-limited-data-set";

  @TempDir Path folder;
  private final TimeZone machine = TimeZone.getDefault();
  private Installation place;

  @BeforeEach
  void install() {
    place = Installation.in(folder);
  }

  @AfterEach
  void restoreTheMachine() {
    TimeZone.setDefault(machine);
  }

  private void withoutZone() {
    place.replace(place.job(JOB), "zone: America/Phoenix\n", "");
  }

  private void inStateFolder(String properties) throws IOException {
    Files.createDirectory(
        place.home(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.writeString(place.home().resolve("application.properties"), properties);
  }

  private String zone() {
    assertThat(place.run(JOB).exitCode()).isIn(0, 3);
    String manifest = Installation.read(place.release(JOB).resolve("manifest.json"));
    return manifest.replaceAll("(?s).*\"zone\" : \"([^\"]*)\".*", "$1");
  }

  @Test
  void refusesARunOfAClinicWithoutATimeZone() {
    withoutZone();

    Answer answer = place.run(JOB);

    assertThat(answer.exitCode()).isEqualTo(10);
    assertThat(answer.err().replace(place.root() + "/", ""))
        .isEqualTo(
            "jobs/outcomes-limited-data-set.yaml: error ZONE_MISSING no time zone is named, so the"
                + " day at the clinic is not known; add zone: America/Phoenix, or the"
                + " clinic's own, to the job or to application.properties of the state folder\n");
    assertThat(place.call("validate", place.job(JOB).toString()).out()).contains("ZONE_MISSING");
  }

  @Test
  void takesTheZoneOfTheJobBeforeThatOfTheStateFolder() throws Exception {
    inStateFolder("zone: Europe/Berlin\n");

    assertThat(zone()).isEqualTo("America/Phoenix");
  }

  @Test
  void takesTheZoneOfTheStateFolderWhereTheJobNamesNone() throws Exception {
    withoutZone();
    inStateFolder("zone: Europe/Berlin\n");

    assertThat(zone()).isEqualTo("Europe/Berlin");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GMT-16:00", "Mars/Olympus", "+05:00", "Etc/GMT+12"})
  void refusesWhatIsNoRegion(String zone) throws Exception {
    place.replace(place.job(JOB), "zone: America/Phoenix", "zone: \"" + zone + "\"");

    Answer answer = place.run(JOB);

    assertThat(answer.exitCode()).isEqualTo(10);
    assertThat(answer.err())
        .contains("a region of the IANA time zone database such as America/Phoenix, or UTC");
  }

  @Test
  void aRecordOfTheEveningBeforeIsNotLetThroughAWindowThatBeginsTheNextDay() {
    StudyKey.generate().writeNew(place.root().resolve("keys/outcomes-limited-data-set.key"));
    String consents = Installation.read(place.clinic("consents"));
    String patient = "P990001";
    String visits = Installation.read(place.clinic("visits"));
    assertThat(consents).doesNotContain(patient);
    assertThat(visits).startsWith("visit_id,patient_id,visited_on,");
    place.append(place.clinic("patients"), row("patients", patient));
    place.append(place.clinic("consents"), permit(consents, patient));
    place.append(place.clinic("visits"), visit("V990001", patient, "2020-01-22T01:00:00Z"));
    place.append(place.clinic("visits"), visit("V990002", patient, "2020-01-22T08:00:00Z"));
    for (String zone : List.of("GMT-16:00", "UTC", "GMT+14:00")) {
      TimeZone.setDefault(TimeZone.getTimeZone(ZoneId.of(zone)));
      Answer evening = explain(patient, "V990001");
      assertThat(evening.out())
          .as(zone + evening.err())
          .contains("VISIT 2020-01-21 to 2020-01-21: ", "category PASSED, dates FAILED");
      assertThat(explain(patient, "V990002").out())
          .as(zone)
          .contains("VISIT 2020-01-22 to 2020-01-22: ", "category PASSED, dates PASSED");
    }
  }

  private static String visit(String visit, String patient, String day) {
    return String.join(",", visit, patient, day, "", "follow-up", "RN", "Doing well.");
  }

  private Answer explain(String patient, String visit) {
    return place.call(
        "explain", "--patient", patient, "--record", "visits:" + visit, place.job(JOB).toString());
  }

  private String row(String table, String patient) {
    String[] lines = Installation.read(place.clinic(table)).split("\n", 3);
    String[] names = lines[0].split(",", -1);
    StringBuilder row = new StringBuilder();
    for (String name : names) {
      String cell =
          switch (name) {
            case "patient_id" -> patient;
            case "date_of_birth" -> "1970-01-01";
            default -> "";
          };
      row.append(row.isEmpty() ? "" : ",").append(cell);
    }
    return row.toString();
  }

  private static String permit(String consents, String patient) {
    String names = consents.split("\n", 2)[0].strip();
    StringBuilder line = new StringBuilder();
    for (String name : names.split(",", -1)) {
      String cell =
          switch (name) {
            case "line_id" -> "L990001";
            case "patient_id" -> patient;
            case "decision" -> "PERMIT";
            case "status" -> "ACTIVE";
            case "signed_at", "recorded_at" -> "2020-01-01T10:00:00";
            case "valid_from" -> "2020-01-01";
            case "expiry_event" -> "NONE";
            case "legal_basis" -> "BROAD_CONSENT";
            case "form_id" -> "F";
            case "form_version" -> "1";
            case "evidence_sha256" -> "a".repeat(64);
            case "signer_role" -> "PATIENT";
            case "assent" -> "NA";
            case "purposes" -> "HRESCH";
            case "studies", "recipients", "data_to", "categories_in" -> "*";
            case "data_from" -> "2020-01-22";
            case "jurisdiction" -> "AZ";
            case "source" -> "paper";
            default -> "";
          };
      line.append(line.isEmpty() ? "" : ",").append(cell);
    }
    return line.toString();
  }
}
