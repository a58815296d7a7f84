package org.consentry.service;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import javax.sql.DataSource;
import org.consentry.data.DurableFiles;
import org.consentry.problem.Category;
import org.consentry.problem.DatabaseFailure;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/**
 * The database of the timetable: a table of this installation in a database that several services
 * share, or an embedded one that one service alone can open.
 *
 * <p><b>Security promise:</b> no message has the address, the user or the password.
 */
final class TimetableDatabase implements AutoCloseable {

  /** The code of problems with it. */
  static final String CODE = "TIMETABLE";

  private static final String EMBEDDED = "timetable";
  private static final int CONNECTIONS = 4;
  private static final int MOST_MILLISECONDS = 10_000;

  private static final String COLUMNS =
      """
       (
        task_name VARCHAR(100) NOT NULL,
        task_instance VARCHAR(200) NOT NULL,
        task_data %s,
        execution_time TIMESTAMP(6) WITH TIME ZONE NOT NULL,
        picked BOOLEAN NOT NULL,
        picked_by VARCHAR(50),
        last_success TIMESTAMP(6) WITH TIME ZONE,
        last_failure TIMESTAMP(6) WITH TIME ZONE,
        consecutive_failures INT,
        last_heartbeat TIMESTAMP(6) WITH TIME ZONE,
        version BIGINT NOT NULL,
        priority SMALLINT,
        PRIMARY KEY (task_name, task_instance))
      """;

  private final HikariDataSource source;
  private final String table;

  private TimetableDatabase(HikariDataSource source, String table) {
    this.source = source;
    this.table = table;
  }

  /**
   * Opens it, and makes its table. Embedded files that cannot be used are set aside: due times come
   * from the job files again.
   *
   * @throws ProblemException category TEMPORARY when a shared database does not answer, RUN_FAILED
   *     when a person must change something
   */
  static TimetableDatabase open(ServiceFolder folder, Optional<SharedDatabase> shared) {
    return shared
        .filter(SharedDatabase::isSupported)
        .map(database -> shared(folder, database))
        .orElseGet(() -> embedded(folder));
  }

  private static TimetableDatabase shared(ServiceFolder folder, SharedDatabase database) {
    HikariDataSource source = source(database.url(), database.user(), database.password());
    try {
      return made(source, "consentry_timetable_" + id(folder), "BYTEA");
    } catch (SQLException | PoolInitializationException failed) {
      source.close();
      throw DatabaseFailure.of(sql(failed), Category.RUN_FAILED)
          .problem(CODE, Place.of("spring.datasource.url"), "the timetable cannot be used");
    }
  }

  private static SQLException sql(Exception failed) {
    for (Throwable at = failed; at != null; at = at.getCause()) {
      if (at instanceof SQLException known) {
        return known;
      }
    }
    return new SQLException();
  }

  private static TimetableDatabase embedded(ServiceFolder folder) {
    try {
      return embeddedOnce(folder);
    } catch (SQLException | PoolInitializationException damaged) {
      setAside(folder);
    }
    try {
      return embeddedOnce(folder);
    } catch (SQLException | PoolInitializationException refused) {
      throw ProblemException.of(
          Category.RUN_FAILED,
          CODE,
          Place.of(folder.timetable()),
          "the timetable cannot be used",
          "check free space and permissions of the state folder");
    }
  }

  private static TimetableDatabase embeddedOnce(ServiceFolder folder) throws SQLException {
    String url =
        "jdbc:hsqldb:file:"
            + folder.timetable().toAbsolutePath()
            + ";hsqldb.write_delay=false;hsqldb.lock_file=false;hsqldb.tx=mvcc"
            + ";hsqldb.default_table_type=cached;shutdown=true";
    HikariDataSource source = source(url, "sa", "");
    try {
      return made(source, EMBEDDED, "BLOB");
    } catch (SQLException | PoolInitializationException failed) {
      source.close();
      throw failed;
    }
  }

  private static void setAside(ServiceFolder folder) {
    Path files = DurableFiles.folderOf(folder.timetable());
    try {
      Path aside = files.resolveSibling("db.damaged-" + Instant.now().getEpochSecond());
      Files.move(files, aside, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException refused) {
      throw ServiceFolder.refused(files, refused);
    }
  }

  private static HikariDataSource source(String url, String user, String password) {
    HikariDataSource source = new HikariDataSource();
    source.setJdbcUrl(url);
    if (!user.isEmpty()) {
      source.setUsername(user);
      source.setPassword(password);
    }
    source.setMaximumPoolSize(CONNECTIONS);
    source.setMinimumIdle(1);
    source.setConnectionTimeout(MOST_MILLISECONDS);
    return source;
  }

  private static TimetableDatabase made(HikariDataSource source, String table, String bytes)
      throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE IF NOT EXISTS " + table + COLUMNS.replace("%s", bytes));
    }
    return new TimetableDatabase(source, table);
  }

  /** A word for this installation, as several may share a database; drawn once. */
  private static String id(ServiceFolder folder) {
    Path file = folder.home().resolve("id");
    try {
      draw(file);
      String id = Files.readString(file, StandardCharsets.US_ASCII);
      if (!id.matches("[0-9a-f]{16}")) {
        throw ProblemException.of(
            Category.VERIFY,
            CODE,
            Place.of(file),
            "the file does not have the 16 digits that the service wrote",
            "remove it: due times come from the job files again");
      }
      return id;
    } catch (IOException refused) {
      throw ServiceFolder.refused(file, refused);
    }
  }

  /** Of several services that draw one at the same moment, one wins. */
  private static void draw(Path file) throws IOException {
    byte[] random = new byte[8];
    new SecureRandom().nextBytes(random);
    try {
      DurableFiles.create(
          file, HexFormat.of().formatHex(random).getBytes(StandardCharsets.US_ASCII));
    } catch (FileAlreadyExistsException drawn) {
      return;
    }
  }

  DataSource source() {
    return source;
  }

  String table() {
    return table;
  }

  @Override
  public void close() {
    source.close();
  }
}
