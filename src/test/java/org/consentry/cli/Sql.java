package org.consentry.cli;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** DuckDB, which shares no code with us, as the reader of sources and releases. */
final class Sql implements AutoCloseable {

  private final Connection connection;

  private Sql(Connection connection) {
    this.connection = connection;
  }

  static Sql open() {
    try {
      return new Sql(DriverManager.getConnection("jdbc:duckdb:"));
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** Views over the tables of a release, made by the lines the release itself gives. */
  static Sql ofRelease(Path release) {
    Sql sql = open();
    String lines = Installation.read(release.resolve("load/load.sql"));
    sql.run(lines.replace("'data/", "'" + release + "/data/"));
    return sql;
  }

  /** A view of a CSV file, every column as text; rows that are no rows are left out. */
  Sql csv(String view, Path file) {
    return run(
        "CREATE VIEW "
            + view
            + " AS SELECT * FROM read_csv('"
            + file
            + "', header = true, delim = ',', quote = '\"', escape = '\"', all_varchar = true,"
            + " ignore_errors = true)");
  }

  Sql run(String statements) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(statements);
      return this;
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** The rows of a query, cells joined by a bar; a missing cell reads {@code null}. */
  List<String> rows(String query) {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          cells.add(String.valueOf(result.getString(i)));
        }
        rows.add(String.join("|", cells));
      }
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
    return rows;
  }

  long number(String query) {
    return Long.parseLong(rows(query).get(0));
  }

  /** Counts by the first column of a query of two columns. */
  Map<String, Long> counts(String query) {
    Map<String, Long> counts = new TreeMap<>();
    for (String row : rows(query)) {
      int bar = row.lastIndexOf('|');
      counts.put(row.substring(0, bar), Long.valueOf(row.substring(bar + 1)));
    }
    return counts;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
