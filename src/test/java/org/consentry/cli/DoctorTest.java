package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.consentry.cli.Installation.Answer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a checkup finds, of an installation that has released once. */
final class DoctorTest {

  private static final String JOB = "eyelid-outcomes";

  @TempDir private static Path folder;
  private static Installation place;

  @BeforeAll
  static void releaseOnce() throws IOException {
    place = SmallSample.in(folder.toRealPath());
    assertThat(place.run(JOB).exitCode()).isEqualTo(0);
    place.keepCopy();
  }

  @BeforeEach
  void beginWithOneRelease() {
    place.restoreCopy();
  }

  @Test
  void findsNothingWrongAndChangesNothing() {
    List<String> before = Installation.files(place.root()).stream().map(Path::toString).toList();

    Answer answer = doctor();

    assertThat(answer.exitCode()).as(answer.out()).isEqualTo(0);
    assertThat(answer.out())
        .contains("ok       ledger     2 entries are in order\n")
        .contains("ok       zone       days begin in America/Phoenix\n")
        .contains(": both keys are those of earlier releases, or the first ones\n")
        .contains(": codes and mapping are those of earlier releases\n")
        .contains("0 errors\n");
    assertThat(answer.err()).isEmpty();
    assertThat(Installation.files(place.root()).stream().map(Path::toString)).isEqualTo(before);
  }

  @Test
  void makesNoStateFolder() {
    Path absent = place.root().resolve("elsewhere");

    Answer answer =
        Installation.execute(
            List.of("doctor", "--home", absent.toString(), place.job(JOB).toString()));

    assertThat(answer.exitCode()).as(answer.out()).isEqualTo(0);
    assertThat(answer.out())
        .contains(
            absent
                + ": NO_STATE there is no state folder; the first run makes it; name another one by"
                + " --home or CONSENTRY_HOME\n");
    assertThat(absent).doesNotExist();
  }

  @Test
  void reportsAllThatIsWrongAndEndsWithTheGreatestCode() throws IOException {
    Path entries = place.home().resolve("ledger/entries.jsonl");
    Files.writeString(entries, Files.readString(entries).replaceFirst("a", "b"));
    Path key = place.root().resolve("keys/eyelid-outcomes.key");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));

    Answer answer = doctor();

    assertThat(answer.exitCode()).isEqualTo(20);
    assertThat(answer.out())
        .contains("error    ledger     " + entries + ":1: LEDGER_CHAIN ")
        .contains("error    keys       " + key + ": KEY_PERMISSIONS ")
        .contains("2 errors\n");
  }

  @Test
  void warnsOfWhatEndsWithinTheDays() throws IOException {
    LocalDate end = LocalDate.now(ZoneOffset.UTC).plusDays(10);
    Path job = place.job("ends-soon");
    Files.writeString(
        job,
        Files.readString(place.job(JOB)).replace("expiresOn: 2039-12-31", "expiresOn: " + end));

    Answer soon = place.call("doctor", job.toString());
    Answer later = place.call("doctor", "--within", "5", job.toString());

    assertThat(soon.out())
        .contains("warning  ends-soon  ", ": BOARD_EXPIRED within 30 days: ", end.toString());
    assertThat(later.out()).doesNotContain("ends-soon  ");
  }

  @Test
  void pointsAtLeftStagingAndInvalidJobs() throws IOException {
    Path left = place.root().resolve("releases/.staging/gone-1");
    Files.createDirectories(left);
    Path job = Files.writeString(place.root().resolve("jobs/odd.yaml"), "job: Odd\n");

    Answer answer = place.call("doctor", job.toString());

    assertThat(answer.exitCode()).isEqualTo(10);
    assertThat(answer.out())
        .contains(left + ": STAGING_LEFT ")
        .contains("error    job        " + job + ": JOB_INVALID the job has ")
        .contains("; consentry validate " + job + "\n");
  }

  @Test
  void namesTheCauseOfADatabaseThatCannotBeUsedWithoutItsAddress() throws IOException {
    Path properties = place.home().resolve("application.properties");
    Files.writeString(
        properties, "spring.datasource.url=jdbc:nobase://ada:5ecret@nohost.invalid/clinic\n");

    Answer answer = doctor();

    assertThat(answer.exitCode()).isEqualTo(1);
    assertThat(answer.out())
        .contains(
            "error    database   spring.datasource.url: JOB_DATABASE the database of the job"
                + " repository cannot be used: no driver is there for its address; put the driver's"
                + " jar into lib/drivers of the application folder, and check that the address"
                + " begins with jdbc: and the driver's word\n")
        .doesNotContain("5ecret", "nohost");
  }

  @Test
  void writesOneObjectALineForPrograms() {
    Answer answer = place.call("doctor", "--json", place.job(JOB).toString());

    assertThat(answer.results())
        .allMatch(line -> line.path("result").asString().matches("ok|warning|error"))
        .anyMatch(line -> line.path("check").asString().equals("ledger"));
  }

  @Test
  void refusesDaysThatAreNone() {
    Answer answer = place.call("doctor", "--within", "-1");

    assertThat(answer.exitCode()).isEqualTo(2);
    assertThat(answer.err())
        .isEqualTo(
            "--within: error WITHIN expected a number of days from 0 to 3650 but found -1; leave it"
                + " out for 30\n");
  }

  @Test
  void takesNoFolderOfAUserWhomTheSystemDoesNotKnow() {
    assertThat(CommonOptions.below("?")).isEmpty();
    assertThat(CommonOptions.below("/home/ada"))
        .contains(Path.of("/home/ada/.local/state/consentry"));
  }

  private static Answer doctor() {
    return place.call("doctor", place.job(JOB).toString());
  }
}
