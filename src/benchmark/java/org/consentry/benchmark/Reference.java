package org.consentry.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Runs SQL in DuckDB. */
final class Reference {

  private Reference() {}

  /**
   * Runs a file of SQL and prints the rows that it returns.
   *
   * @param arguments the file
   */
  public static void main(String[] arguments) throws IOException, SQLException {
    run(Files.readString(Path.of(arguments[0]))).forEach(System.out::println);
  }

  /** Runs statements and gives the rows that they return, as names and values. */
  static List<String> run(String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection duck = open();
        Statement statement = duck.createStatement()) {
      for (String one : sql.strip().split(";\\s*(\n|$)", -1)) {
        if (!one.isBlank() && statement.execute(one)) {
          add(rows, statement);
        }
      }
    }
    return rows;
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

  private static void add(List<String> lines, Statement statement) throws SQLException {
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
        lines.add(line.toString());
      }
    }
  }
}
