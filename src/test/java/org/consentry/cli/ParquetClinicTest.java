package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.consentry.cli.SampleReleases.LIMITED;

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
import org.consentry.cli.Installation.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample clinic as Parquet files with types, which DuckDB writes. */
final class ParquetClinicTest {

  private static final List<String> TABLES =
      List.of("patients", "visits", "procedures", "photos", "proms");
  private static final List<String> TYPES = List.of("BIGINT", "DATE", "BOOLEAN");

  @TempDir private Path folder;

  /** Columns have the first type whose text is that of the CSV file. */
  private static void write(Path csv, Path parquet) throws SQLException {
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

  private static Installation asParquet(Installation csv, Path root) throws Exception {
    Installation parquet = SmallSample.in(root);
    Path data = root.resolve("sample-data/parquet");
    Files.createDirectories(data);
    for (String table : TABLES) {
      write(csv.clinic(table), data.resolve(table + ".parquet"));
      Files.delete(parquet.clinic(table));
    }
    Path job = parquet.job(LIMITED);
    Installation.write(
        job,
        Installation.read(job)
            .replace(
                "{type: csv, path: ../sample-data/clinic, encoding: utf-8}",
                "{type: parquet, path: ../sample-data/parquet}"));
    return parquet;
  }

  private static void copyKeys(Installation from, Installation to) throws IOException {
    Files.createDirectories(to.root().resolve("keys"));
    for (String key : List.of(LIMITED + ".key", "manifest-signing.pem")) {
      Files.copy(from.root().resolve("keys/" + key), to.root().resolve("keys/" + key));
    }
  }

  @Test
  void releasesTheSameBytesOfCsvAndParquet() throws Exception {
    Installation csv = SmallSample.in(folder.resolve("csv"));
    Installation parquet = asParquet(csv, folder.resolve("parquet"));

    Answer expected = csv.run(LIMITED);
    copyKeys(csv, parquet);
    Answer validated = parquet.call("validate", parquet.job(LIMITED).toString());
    Answer profiled = parquet.call("profile", parquet.job(LIMITED).toString());
    Answer answer = parquet.run(LIMITED);

    assertThat(expected.exitCode()).as(expected.err()).isEqualTo(3);
    assertThat(validated.exitCode()).as(validated.out() + validated.err()).isZero();
    assertThat(profiled.out()).contains("table patients: 100 rows");
    assertThat(answer.exitCode()).as(answer.err()).isIn(0, 3);
    for (String table : TABLES) {
      Path released = csv.release(LIMITED).resolve("data/" + table + ".csv");
      assertThat(Installation.read(released).lines()).hasSizeGreaterThan(1);
      assertThat(parquet.release(LIMITED).resolve("data/" + table + ".csv"))
          .hasSameBinaryContentAs(released);
    }
  }

  @Test
  void stopsWhenAFileChangesBeforeItIsExtracted() throws Exception {
    Installation csv = SmallSample.in(folder.resolve("csv"));
    Installation parquet = asParquet(csv, folder.resolve("parquet"));
    Path patients = folder.resolve("parquet/sample-data/parquet/patients.parquet");
    byte[] bytes = Files.readAllBytes(patients);

    Answer answer =
        parquet.callAnd(
            "extracting",
            () -> change(patients, bytes),
            "run",
            "--create-keys",
            parquet.job(LIMITED).toString());

    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(15);
    assertThat(answer.err()).contains("patients.parquet: error SOURCE_CHANGED");
    assertThat(parquet.releases(LIMITED)).isEmpty();
  }

  private static void change(Path file, byte[] bytes) {
    byte[] changed = bytes.clone();
    changed[bytes.length / 3] ^= 1;
    try {
      Files.write(file, changed);
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    }
  }
}
