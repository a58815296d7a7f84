package org.consentry.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Runs a file of SQL in DuckDB and prints what its last statement returns, one line a row. */
final class Reference {

  private Reference() {}

  /**
   * Arguments: the SQL file, then {@code name=value} for every {@code ${name}} in it.
   *
   * @param arguments as above
   */
  public static void main(String[] arguments) throws IOException, SQLException {
    String sql = Files.readString(Path.of(arguments[0]));
    for (int i = 1; i < arguments.length; i++) {
      int equals = arguments[i].indexOf('=');
      String name = arguments[i].substring(0, equals);
      sql = sql.replace("${" + name + "}", arguments[i].substring(equals + 1));
    }
    try (Connection duck = open();
        Statement statement = duck.createStatement()) {
      String[] statements = sql.strip().split(";\\s*(\n|$)", -1);
      for (String one : statements) {
        if (!one.isBlank() && statement.execute(one)) {
          print(statement);
        }
      }
    }
  }

  /** The version of DuckDB. */
  static String version() throws SQLException {
    try (Connection duck = open()) {
      return duck.getMetaData().getDatabaseProductVersion();
    }
  }

  private static Connection open() throws SQLException {
    return DriverManager.getConnection("jdbc:duckdb:");
  }

  private static void print(Statement statement) throws SQLException {
    try (ResultSet rows = statement.getResultSet()) {
      int width = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        StringBuilder line = new StringBuilder();
        for (int column = 1; column <= width; column++) {
          line.append(column == 1 ? "" : " ")
              .append(rows.getMetaData().getColumnLabel(column))
              .append('=')
              .append(rows.getObject(column));
        }
        System.out.println(line);
      }
    }
  }
}
