package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.consentry.cli.Installation.Answer;
import org.consentry.ledger.RunRecord;
import org.consentry.testing.PostgresServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job repository in a real PostgreSQL server. */
final class PostgresRepositoryTest {

  private static final String JOB = "outcomes-limited-data-set";
  private static final int RELEASED = 3;
  private static final String COMPLETED =
      "SELECT count(*) FROM batch_job_execution WHERE status = 'COMPLETED'";

  @TempDir private Path folder;
  private Installation place;
  private PostgresServer.Database database;

  @BeforeEach
  void install() {
    database = PostgresServer.database();
    place = SmallSample.in(folder);
    set(place, database.url(), PostgresServer.PASSWORD);
  }

  private static void set(Installation place, String url, String password) {
    Path properties = place.home().resolve("application.properties");
    Installation.write(
        properties,
        String.join(
            "\n",
            "zone=America/Phoenix",
            "spring.datasource.url=" + url,
            "spring.datasource.username=" + PostgresServer.USER,
            "spring.datasource.password=" + password));
    try {
      Files.setPosixFilePermissions(properties, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Test
  void recordsAWholeRunInTheServerAndNothingBesideIt() {
    Answer answer = place.run(JOB);

    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(RELEASED);
    assertThat(database.count(COMPLETED)).isEqualTo(1);
    assertThat(database.count("SELECT count(*) FROM batch_step_execution")).isGreaterThan(3);
    assertThat(place.home().resolve("db")).isEmptyDirectory();
  }

  @Test
  void resumesAKilledRun() throws Exception {
    place.addVisits(60_000);
    Child child =
        Child.start(place, "run", "--create-keys", "--threads", "2", place.job(JOB).toString());
    assertThat(child.until(() -> place.staged("visits-", ".marker") > 1))
        .as(child.printed())
        .isTrue();
    child.kill();
    String run = place.newestRun().run();
    assertThat(database.count(COMPLETED)).isZero();

    Answer answer = place.call("resume", "--threads", "2", run);

    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(RELEASED);
    assertThat(place.newestRun().state()).isEqualTo(RunRecord.State.PUBLISHED);
    assertThat(database.count(COMPLETED)).isEqualTo(1);
    assertThat(place.releases(JOB)).hasSize(1);
  }

  @Test
  void refusesASecondRunOfTheSameStateFolder() {
    Answer[] second = new Answer[1];

    Answer first =
        place.callAnd(
            "extracting",
            () -> second[0] = place.call("run", place.job(JOB).toString()),
            "run",
            "--create-keys",
            place.job(JOB).toString());

    assertThat(first.exitCode()).as(first.err()).isEqualTo(RELEASED);
    assertThat(second[0].exitCode()).isEqualTo(11);
    assertThat(database.count("SELECT count(*) FROM batch_job_execution")).isEqualTo(1);
  }

  @Test
  void letsTwoStateFoldersWorkInOneDatabaseAtOnce() {
    Installation other = SmallSample.in(folder.resolve("other"));
    set(other, database.url(), PostgresServer.PASSWORD);
    Answer[] second = new Answer[1];

    Answer first =
        place.callAnd(
            "extracting",
            () -> second[0] = other.run(JOB),
            "run",
            "--create-keys",
            place.job(JOB).toString());

    assertThat(first.exitCode()).as(first.err()).isEqualTo(RELEASED);
    assertThat(second[0].exitCode()).as(second[0].err()).isEqualTo(RELEASED);
    assertThat(database.count(COMPLETED)).isEqualTo(2);
  }

  @Test
  void namesTheUnknownHost() {
    requireRefused(
        "jdbc:postgresql://nohost.invalid/clinic",
        PostgresServer.PASSWORD,
        75,
        "its host is unknown; check the host in its address and the name service, then try again");
  }

  @Test
  void namesTheServerThatDoesNotAnswer() {
    requireRefused(
        "jdbc:postgresql://localhost:1/clinic",
        PostgresServer.PASSWORD,
        75,
        "its host refuses the connection or does not answer; check that the database is started,"
            + " and host and port in its address, then try again");
  }

  @Test
  void namesTheMissingDatabase() {
    requireRefused(
        database.url() + "_absent",
        PostgresServer.PASSWORD,
        1,
        "it has no database of that name; create the database, or check its name in its address");
  }

  @Test
  void namesTheWrongPassword() {
    requireRefused(
        database.url(),
        "canary-wr0ng",
        1,
        "it refuses the user or the password; check user and password");
  }

  private void requireRefused(String url, String password, int exitCode, String message) {
    set(place, url, password);

    Answer run = place.run(JOB);

    assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
    assertThat(run.err())
        .endsWith(
            "spring.datasource.url: error JOB_DATABASE the database of the job repository cannot be"
                + " used: "
                + message
                + "\n")
        .doesNotContain(PostgresServer.PASSWORD, "canary", "nohost", "localhost", database.name());
    assertThat(place.releases(JOB)).isEmpty();
  }
}
