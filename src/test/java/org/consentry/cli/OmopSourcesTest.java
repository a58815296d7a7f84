package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.consentry.cli.Installation.Answer;
import org.consentry.testing.PostgresServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

/** Tables of OMOP CDM 5.4 as CSV files, Parquet files and in a database, with the model's types. */
final class OmopSourcesTest {

  private static final String JOB = "omop-limited";
  private static final Pattern PERSON = Pattern.compile("(?:^|,)1(\\d{6}),");

  @TempDir private Path folder;
  private Installation place;

  /** Keyed codes of records are the same in every run; Safe Harbor would not allow them. */
  @BeforeEach
  void install() throws IOException {
    place = Installation.in(folder.toRealPath());
    for (Path table : tables()) {
      Installation.write(table, fewPeople(Installation.read(table)));
    }
    Path mapping = place.root().resolve("mappings/omop-safe-harbor.yaml");
    place.replace(mapping, "code: one-time", "code: keyed");
    String job = Installation.read(place.job("outcomes-limited-data-set"));
    Installation.write(
        place.job(JOB),
        job.replace("job: outcomes-limited-data-set", "job: " + JOB)
            .replace("id: IRB-2026-021", "id: IRB-2026-099")
            .replace("sample-data/clinic", "sample-data/omop")
            .replace("clinic-limited-data-set.yaml", "omop-safe-harbor.yaml")
            .replaceFirst("(?s)cohort:.*?mapping:", "mapping:")
            .replaceFirst("(?s)tables: .*?\n", "")
            .replaceFirst("(?s)risk: .*?\n", "")
            .replaceFirst("(?s)  acknowledge:\n.*?\noutput", "output")
            .replace("{format: csv, directory", "{format: both, directory"));
  }

  private List<Path> tables() throws IOException {
    try (Stream<Path> files = Files.list(place.root().resolve("sample-data/omop"))) {
      return files.toList();
    }
  }

  private static String fewPeople(String csv) {
    List<String> lines = csv.lines().toList();
    return lines.get(0)
        + "\n"
        + lines.stream()
            .skip(1)
            .filter(OmopSourcesTest::isOneOfTen)
            .map(line -> line + "\n")
            .collect(Collectors.joining());
  }

  private static boolean isOneOfTen(String line) {
    Matcher person = PERSON.matcher(line);
    return person.find() && Integer.parseInt(person.group(1)) % 10 == 0;
  }

  @Test
  void filesParquetAndADatabaseGiveTheSameBytes() throws IOException, SQLException {
    run();
    source("{type: parquet, path: ../sample-data/parquet}", this::asParquet);
    run();
    loadPostgres();
    run();

    List<Path> releases = place.releases(JOB);
    assertThat(releases).hasSize(3);
    assertThat(Installation.read(releases.get(0).resolve("data/person.csv")).lines())
        .hasSizeGreaterThan(30);
    for (Path other : releases.subList(1, 3)) {
      assertThat(Installation.digests(other.resolve("data")))
          .isEqualTo(Installation.digests(releases.get(0).resolve("data")));
    }
    for (Path release : releases) {
      requirePeriodsOfReleasedCells(release);
    }
  }

  private static void requirePeriodsOfReleasedCells(Path release) {
    try (Sql sql = Sql.ofRelease(release)) {
      assertThat(sql.rows("SELECT * FROM observation_period ORDER BY ALL"))
          .isEqualTo(sql.rows(OmopSampleTest.periods()))
          .hasSizeGreaterThan(30);
    }
  }

  /** The clinic knows people by their ids, the recipient by numbers. */
  @Test
  void aRecallListsTheReleasedNumbers() throws IOException {
    run();
    String consents = Installation.read(consents());
    List<String> released =
        Installation.read(place.release(JOB).resolve("data/person.csv"))
            .lines()
            .skip(1)
            .map(line -> line.substring(0, line.indexOf(',')))
            .toList();
    Installation.write(consents(), consents.replace(",PERMIT,", ",DENY,"));

    Answer recalled = place.call("recall", place.job(JOB).toString());

    assertThat(recalled.exitCode())
        .as("a list is written although some lines are of unknown patients: " + recalled.err())
        .isEqualTo(10);
    Path list =
        Installation.files(place.home().resolve("recalls")).stream()
            .filter(file -> file.toString().endsWith(".csv"))
            .findFirst()
            .orElseThrow();
    assertThat(
            Installation.read(list)
                .lines()
                .skip(1)
                .map(line -> line.substring(0, line.indexOf(',')))
                .distinct())
        .containsExactlyInAnyOrderElementsOf(released);
  }

  private Path consents() {
    return place.root().resolve("sample-data/omop/consents.csv");
  }

  private void run() {
    Answer answer = place.run(JOB);
    assertThat(answer.exitCode()).as(answer.err()).isZero();
  }

  private void source(String source, Consumer<Path> make) throws IOException {
    for (Path table : tables()) {
      if (!table.equals(consents())) {
        make.accept(table);
      }
    }
    Path job = place.job(JOB);
    Installation.write(
        job, Installation.read(job).replaceFirst("source: \\{.*}", "source: " + source));
  }

  private void asParquet(Path csv) {
    Path parquet =
        place
            .root()
            .resolve("sample-data/parquet")
            .resolve(name(csv) + ".parquet")
            .toAbsolutePath();
    String columns =
        header(csv).stream()
            .map(column -> "'" + column + "': '" + type(column) + "'")
            .collect(Collectors.joining(", ", "{", "}"));
    try (Sql sql = Sql.open()) {
      Files.createDirectories(parquet.getParent());
      sql.run(
          "COPY (SELECT * FROM read_csv('%s', columns = %s, quote = '\"', escape = '\"')) TO '%s'"
                  .formatted(csv, columns, parquet)
              + " (FORMAT parquet)");
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    }
  }

  private void loadPostgres() throws IOException, SQLException {
    PostgresServer.Database database = PostgresServer.database();
    try (Connection connection = database.connect()) {
      source(
          "{type: jdbc, url: \"file:../db/url\", user: \"file:../db/user\", password:"
              + " \"file:../db/password\", schema: public, timeout: 60}",
          table -> copy(connection, table));
    }
    ClinicDatabase.login(place, database.url(), PostgresServer.USER, PostgresServer.PASSWORD);
  }

  private static void copy(Connection connection, Path csv) {
    String columns =
        header(csv).stream()
            .map(column -> column + " " + type(column))
            .collect(Collectors.joining(", "));
    try (var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE " + name(csv) + " (" + columns + ")");
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn(
              "COPY " + name(csv) + " FROM STDIN (FORMAT csv, HEADER)",
              new StringReader(Installation.read(csv)));
    } catch (SQLException | IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static String name(Path csv) {
    return csv.getFileName().toString().replace(".csv", "");
  }

  private static List<String> header(Path csv) {
    return List.of(Installation.read(csv).lines().findFirst().orElseThrow().split(","));
  }

  /** The model's type of a column, by the form of its name. */
  private static String type(String column) {
    if (column.endsWith("_datetime")) {
      return "TIMESTAMP";
    }
    if (column.endsWith("_date")) {
      return "DATE";
    }
    if (column.equals("value_as_number") || column.startsWith("range_")) {
      return "NUMERIC(12,3)";
    }
    boolean isInteger = column.endsWith("_id") || column.endsWith("_of_birth");
    boolean isCount = column.equals("quantity") || column.equals("days_supply");
    return isInteger || isCount ? "INTEGER" : "VARCHAR";
  }
}
