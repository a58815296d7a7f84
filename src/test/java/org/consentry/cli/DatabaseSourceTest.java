package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.consentry.cli.Installation.Answer;
import org.consentry.testing.PostgresServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that read records and consent lines from a database. */
final class DatabaseSourceTest {

  private static final String JOB = "outcomes-limited-data-set";

  @TempDir private Path folder;
  private Installation place;

  @BeforeEach
  void install() {
    place = SmallSample.in(folder);
    ClinicDatabase.removeRaggedRows(place);
  }

  @Test
  void releasesFromPostgresWhatItReleasesFromFiles() throws SQLException {
    requireRelease(place.run(JOB));
    Map<String, String> fromFiles = data(place.release(JOB));
    usePostgres();

    requireRelease(place.run(JOB));

    assertThat(place.releases(JOB)).hasSize(2);
    assertThat(data(place.release(JOB))).isEqualTo(fromFiles);
  }

  @Test
  void releasesFromAnyDatabaseWhatItReleasesFromFiles() throws SQLException {
    requireRelease(place.run(JOB));
    Map<String, String> fromFiles = data(place.release(JOB));
    useHsqldb();

    requireRelease(place.run(JOB));

    assertThat(place.releases(JOB)).hasSize(2);
    assertThat(data(place.release(JOB))).isEqualTo(fromFiles);
  }

  private PostgresServer.Database usePostgres() throws SQLException {
    PostgresServer.Database database = PostgresServer.database();
    try (Connection connection = database.connect()) {
      ClinicDatabase.load(place, connection, "clinic");
    }
    ClinicDatabase.use(place, JOB, database.url(), PostgresServer.USER, PostgresServer.PASSWORD);
    return database;
  }

  private void useHsqldb() throws SQLException {
    String url = "jdbc:hsqldb:mem:" + UUID.randomUUID() + ";hsqldb.tx=mvcc";
    try (Connection connection =
        DriverManager.getConnection(url, PostgresServer.USER, PostgresServer.PASSWORD)) {
      ClinicDatabase.load(place, connection, "clinic");
    }
    ClinicDatabase.use(place, JOB, url, PostgresServer.USER, PostgresServer.PASSWORD);
  }

  private static void requireRelease(Answer answer) {
    assertThat(answer.exitCode()).as(answer.err()).isZero();
  }

  private static Map<String, String> data(Path release) {
    return Installation.digests(release.resolve("data"));
  }
}
