package org.consentry.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/**
 * A real PostgreSQL server, started once for all tests of the process. Each test has a database of
 * its own in it, with a user who owns it. Where the server's programs are not there for this
 * platform, the tests that need it are skipped.
 */
public final class PostgresServer {

  /** The user of every database. */
  public static final String USER = "clinic";

  /** The password of that user. */
  public static final String PASSWORD = "canary-5ecret";

  private static final AtomicInteger DATABASES = new AtomicInteger();

  private static Optional<EmbeddedPostgres> shared = Optional.empty();

  private PostgresServer() {}

  /** A new database. */
  public static Database database() {
    return database(server());
  }

  /** A new database of a server. */
  public static Database database(EmbeddedPostgres server) {
    String name = "clinic_" + DATABASES.incrementAndGet();
    execute(server, "CREATE DATABASE " + name + " OWNER " + USER);
    return new Database(server.getPort(), name);
  }

  /** A server of its own, for tests that stop it. */
  public static EmbeddedPostgres own() {
    EmbeddedPostgres server;
    try {
      server =
          EmbeddedPostgres.builder()
              .setServerConfig("fsync", "off")
              .setLocaleConfig("locale", "C.UTF-8")
              .setPGStartupWait(Duration.ofMinutes(1))
              .start();
    } catch (IOException | IllegalStateException absent) {
      return Assumptions.abort("skipped: no PostgreSQL server starts here, " + absent.getMessage());
    }
    execute(server, "CREATE USER " + USER + " PASSWORD '" + PASSWORD + "'");
    askForPassword(server);
    return server;
  }

  private static synchronized EmbeddedPostgres server() {
    if (shared.isEmpty()) {
      shared = Optional.of(own());
    }
    return shared.get();
  }

  /** The server trusts its own machine; our user has a password. */
  private static void askForPassword(EmbeddedPostgres server) {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW hba_file")) {
      rows.next();
      Path file = Path.of(rows.getString(1));
      String rule = "host all " + USER + " samehost scram-sha-256\n";
      Files.writeString(file, rule + Files.readString(file));
    } catch (SQLException | IOException failed) {
      throw new IllegalStateException(failed);
    }
    execute(server, "SELECT pg_reload_conf()");
  }

  private static void execute(EmbeddedPostgres server, String sql) {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /**
   * One database of the server.
   *
   * @param port of the server on this machine
   * @param name of the database
   */
  public record Database(int port, String name) {

    /** Its address. */
    public String url() {
      return String.format(Locale.ROOT, "jdbc:postgresql://localhost:%d/%s", port, name);
    }

    /** How many rows a query counts. */
    public long count(String sql) {
      try (Connection connection = connect();
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(sql)) {
        rows.next();
        return rows.getLong(1);
      } catch (SQLException failed) {
        throw new IllegalStateException(failed);
      }
    }

    /** A connection of its owner. */
    public Connection connect() throws SQLException {
      return DriverManager.getConnection(url(), USER, PASSWORD);
    }

    /** Executes statements, which wait at most half a minute for the locks of others. */
    public void execute(String... statements) {
      try (Connection connection = connect();
          Statement statement = connection.createStatement()) {
        statement.execute("SET lock_timeout = '30s'");
        for (String sql : statements) {
          statement.execute(sql);
        }
      } catch (SQLException failed) {
        throw new IllegalStateException(failed);
      }
    }
  }
}
