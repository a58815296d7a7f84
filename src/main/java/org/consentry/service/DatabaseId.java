package org.consentry.service;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import org.consentry.problem.Category;
import org.consentry.problem.DatabaseFailure;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/** The id of a database that services share: drawn once, and stored in the database itself. */
final class DatabaseId {

  private static final String TABLE = "consentry_database";

  /** Of several services that draw an id at the same moment, the first one's counts. */
  private static final String ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(5728460917)";

  private static final String CREATE =
      "CREATE TABLE IF NOT EXISTS " + TABLE + " (id VARCHAR(32) NOT NULL)";

  private static final String DRAW =
      "INSERT INTO " + TABLE + " SELECT ? WHERE NOT EXISTS (SELECT id FROM " + TABLE + ")";

  private DatabaseId() {}

  /**
   * Reads it, and draws one for a new database.
   *
   * @throws ProblemException category TEMPORARY when the database does not answer, RUN_FAILED when
   *     a person must change something
   */
  static String of(SharedDatabase database) {
    try (Connection connection = connection(database)) {
      connection.setAutoCommit(false);
      String id = id(connection);
      connection.commit();
      return id;
    } catch (SQLException failed) {
      throw DatabaseFailure.of(failed, Category.RUN_FAILED)
          .problem(
              TimetableDatabase.CODE,
              Place.of("spring.datasource.url"),
              "the timetable cannot be used");
    }
  }

  private static Connection connection(SharedDatabase database) throws SQLException {
    return database.user().isEmpty()
        ? DriverManager.getConnection(database.url())
        : DriverManager.getConnection(database.url(), database.user(), database.password());
  }

  private static String id(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(ONE_AT_A_TIME);
      statement.execute(CREATE);
    }
    draw(connection);
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("SELECT id FROM " + TABLE)) {
      if (!found.next()) {
        throw new SQLException("no id", "02000");
      }
      return found.getString(1);
    }
  }

  private static void draw(Connection connection) throws SQLException {
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    try (PreparedStatement draw = connection.prepareStatement(DRAW)) {
      draw.setString(1, HexFormat.of().formatHex(random));
      draw.executeUpdate();
    }
  }
}
