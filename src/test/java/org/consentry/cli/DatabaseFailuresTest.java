package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.consentry.cli.Installation.Answer;
import org.consentry.testing.PostgresServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A database of canaries that does not do what it is asked: the cause is named, nothing is
 * released, and no cell is anywhere.
 */
final class DatabaseFailuresTest {

  private static final String JOB = "eyelid-outcomes";
  private static final String CUT =
      "error SOURCE_DATABASE the table cannot be read from the database: the connection was cut;"
          + " look at the log of the database, then try again\n";

  @TempDir private Path folder;
  private Installation place;
  private PostgresServer.Database database;

  @BeforeEach
  void load() throws SQLException {
    place = Installation.in(folder);
    CanaryClinic.over(place);
    database = ClinicDatabase.usePostgres(place, JOB);
  }

  @Test
  void releasesTheCanariesThatMayBeReleased() {
    Answer answer = place.run(JOB);

    assertThat(answer.exitCode()).as(answer.err()).isZero();
    requireNoLeak(answer);
  }

  @Test
  void aServerThatStopsIsTemporaryAndTheRunCanBeResumed() throws Exception {
    try (EmbeddedPostgres server = PostgresServer.own()) {
      ClinicDatabase.loadAndUse(place, JOB, PostgresServer.database(server).url());

      Answer answer =
          place.callAnd("extracting", () -> close(server), "run", "--create-keys", job());

      // A connection is cut, or one that is opened only now is refused: both may come first.
      boolean isRefused = answer.err().contains("refuses the connection");
      requireFailure(answer, 75, isRefused ? "then try again\n" : CUT);
    }
    ClinicDatabase.usePostgres(place, JOB);

    Answer resumed = place.call("resume", place.newestRun().run());

    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(place.releases(JOB)).hasSize(1);
    requireNoLeak(resumed);
  }

  private static void close(EmbeddedPostgres server) {
    try {
      server.close();
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  @Test
  void aCutConnectionIsTemporary() {
    Answer answer =
        place.callAnd(
            "extracting",
            () ->
                database.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name"
                        + " = 'consentry'"),
            "run",
            "--create-keys",
            job());

    requireFailure(answer, 75, CUT);
  }

  @Test
  void aLockedTableIsTemporary() throws SQLException {
    Path file = place.job(JOB);
    Installation.write(file, Installation.read(file).replace("timeout: 60", "timeout: 1"));
    try (Connection other = database.connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE clinic.visits IN ACCESS EXCLUSIVE MODE");

      Answer answer = place.call("run", "--create-keys", job());

      requireFailure(
          answer,
          75,
          "error SOURCE_DATABASE the table cannot be read from the database: another session has"
              + " locked what is to be read; find out which, and let it end, then try again\n");
    }
  }

  @Test
  void aFailureInAViewHasNoCell() {
    database.execute(
        "ALTER TABLE clinic.visits RENAME TO visits_of_all",
        "CREATE VIEW clinic.visits AS SELECT visit_id, patient_id, visited_on, arrived_at,"
            + " (note::integer)::text AS visit_type, provider, note FROM clinic.visits_of_all");

    Answer answer = place.call("run", "--create-keys", job());

    requireFailure(
        answer,
        10,
        "clinic.visits: error SOURCE_DATABASE the table cannot be read from the database: it failed"
            + " with SQLSTATE 22P02; look at the log of the database\n");
  }

  @Test
  void wrongCredentialsAreNamedWithoutThem() {
    ClinicDatabase.login(place, database.url(), PostgresServer.USER, "canary-wr0ng");

    Answer answer = place.call("run", "--create-keys", job());

    requireFailure(
        answer,
        10,
        "error SOURCE_DATABASE the source's database cannot be used: it refuses the user or the"
            + " password; check user and password\n");
    assertThat(answer.err()).doesNotContain("canary", PostgresServer.PASSWORD, database.name());
  }

  @Test
  void aServerThatIsNotThereIsTemporary() {
    ClinicDatabase.login(
        place, "jdbc:postgresql://localhost:1/clinic", PostgresServer.USER, "canary-wr0ng");

    requireFailure(
        place.call("run", "--create-keys", job()),
        75,
        "error SOURCE_DATABASE the source's database cannot be used: its host refuses the"
            + " connection or does not answer; check that the database is started, and host and"
            + " port in its address, then try again\n");
  }

  @Test
  void aPasswordInTheAddressIsRefused() {
    ClinicDatabase.login(
        place, database.url() + "?password=canary-5ecret", PostgresServer.USER, "canary");

    requireFailure(
        place.call("run", "--create-keys", job()),
        10,
        "db/url: error DATABASE_ADDRESS the address contains a password or a user; write"
            + " jdbc:DRIVER://HOST/DATABASE, and name user and password as user: and password: of"
            + " the job's source\n");
  }

  @Test
  void rowsThatAreHiddenFromTheUserStopTheRun() {
    database.execute(
        "ALTER TABLE clinic.consents ENABLE ROW LEVEL SECURITY",
        "ALTER TABLE clinic.consents FORCE ROW LEVEL SECURITY",
        "CREATE POLICY visible ON clinic.consents USING (decision = 'PERMIT')");

    requireFailure(
        place.call("run", "--create-keys", job()),
        10,
        "clinic.consents: error SOURCE_DATABASE the table cannot be read from the database: the"
            + " user may not read all of it; grant SELECT on it, and see that no row security"
            + " hides rows from the user\n");
  }

  @Test
  void aWithdrawalBeforePublicationStopsIt() {
    Answer answer =
        place.callAnd(
            "deciding consent again",
            () ->
                database.execute(
                    "UPDATE clinic.consents SET decision = 'DENY' WHERE decision = 'PERMIT' AND"
                        + " patient_id IN (SELECT patient_id FROM clinic.patients)"),
            "run",
            "--create-keys",
            job());

    requireFailure(
        answer,
        15,
        "clinic.consents: error CONSENT_CHANGED consent changed while the run was at work; nothing"
            + " was published; resume the run: it decides again and leaves out who withdrew\n");
  }

  private String job() {
    return place.job(JOB).toString();
  }

  private void requireFailure(Answer answer, int exitCode, String end) {
    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(exitCode);
    assertThat(answer.err()).endsWith(end);
    assertThat(place.releases(JOB)).isEmpty();
    requireNoLeak(answer);
  }

  private void requireNoLeak(Answer answer) {
    assertThat(Leaks.in(answer.out() + answer.err())).isEmpty();
    for (Path file : Installation.files(place.home())) {
      assertThat(Leaks.in(text(file))).as(file.toString()).isEmpty();
    }
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1);
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
