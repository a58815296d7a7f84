package org.consentry.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Puts the CSV files of an installation into Parquet files with types, which DuckDB writes. */
final class ClinicParquet {

  private static final List<String> TABLES =
      List.of("patients", "visits", "procedures", "photos", "proms");
  private static final List<String> TYPES = List.of("BIGINT", "DATE", "BOOLEAN");

  private ClinicParquet() {}

  /** The Parquet file of a table. */
  static Path file(Installation place, String table) {
    return folder(place).resolve(table + ".parquet");
  }

  private static Path folder(Installation place) {
    return place.root().resolve("sample-data/parquet");
  }

  /** From now on a job reads records from Parquet files. */
  static void use(Installation place, String job) throws SQLException {
    create(folder(place));
    for (String table : TABLES) {
      write(place.clinic(table), file(place, table));
    }
    Path text = place.job(job);
    Installation.write(
        text,
        Installation.read(text)
            .replaceFirst(
                "source: \\{.*}", "source: {type: parquet, path: ../sample-data/parquet}"));
  }

  private static void create(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Columns have the first type whose text is that of the CSV file. */
  static void write(Path csv, Path parquet) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE t AS SELECT * FROM read_csv('"
              + csv
              + "', all_varchar = true, header = true, ignore_errors = true, quote = '\"',"
              + " escape = '\"', delim = ',')");
      List<String> columns = new ArrayList<>();
      try (ResultSet names = statement.executeQuery("SELECT column_name FROM (DESCRIBE t)")) {
        while (names.next()) {
          columns.add(names.getString(1));
        }
      }
      List<String> typed = new ArrayList<>();
      for (String column : columns) {
        typed.add(column + "::" + type(statement, column) + " AS " + column);
      }
      statement.execute(
          "COPY (SELECT "
              + String.join(", ", typed)
              + " FROM t) TO '"
              + parquet
              + "' (FORMAT parquet, ROW_GROUP_SIZE 2048)");
    }
  }

  /** Makes lists of the cells of a column. */
  static void nest(Installation place, String table, String column) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE t AS SELECT * REPLACE ([%1$s] AS %1$s) FROM '%2$s'; COPY t TO '%2$s'"
              .formatted(column, file(place, table)));
    }
  }

  private static String type(Statement statement, String column) throws SQLException {
    for (String type : TYPES) {
      String other =
          "SELECT count(*) FROM t WHERE coalesce(try_cast(%1$s AS %2$s)::VARCHAR, '') <>"
              + " coalesce(%1$s, '')";
      try (ResultSet count = statement.executeQuery(other.formatted(column, type))) {
        count.next();
        if (count.getLong(1) == 0) {
          return type;
        }
      }
    }
    return "VARCHAR";
  }
}
