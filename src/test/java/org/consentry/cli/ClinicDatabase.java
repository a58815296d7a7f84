package org.consentry.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import org.consentry.testing.PostgresServer;

/** Puts the CSV files of an installation into a database, in tables of the same names. */
final class ClinicDatabase {

  static final List<String> TABLES =
      List.of("patients", "visits", "procedures", "photos", "proms", "consents");

  private ClinicDatabase() {}

  /** Types of columns whose cells are the same text in a file and in a database. */
  private enum Type {
    DATE("DATE", "\\d{4}-\\d\\d-\\d\\d") {
      @Override
      Object value(String cell) {
        return LocalDate.parse(cell);
      }
    },
    TIMESTAMP("TIMESTAMP", "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d") {
      @Override
      Object value(String cell) {
        return LocalDateTime.parse(cell);
      }
    },
    INTEGER("INTEGER", "0|[1-9]\\d{0,8}") {
      @Override
      Object value(String cell) {
        return Integer.valueOf(cell);
      }
    },
    DECIMAL("NUMERIC(12,2)", "(0|[1-9]\\d{0,7})\\.\\d\\d") {
      @Override
      Object value(String cell) {
        return new java.math.BigDecimal(cell);
      }
    },
    TEXT("VARCHAR(4000)", "(?s).*") {
      @Override
      Object value(String cell) {
        return cell;
      }
    };

    private final String sql;
    private final String form;

    Type(String sql, String form) {
      this.sql = sql;
      this.form = form;
    }

    abstract Object value(String cell);

    static Type of(List<String> cells) {
      List<String> filled = cells.stream().filter(cell -> !cell.isEmpty()).toList();
      for (Type type : values()) {
        if (!filled.isEmpty() && filled.stream().allMatch(type::takes)) {
          return type;
        }
      }
      return TEXT;
    }

    private boolean takes(String cell) {
      try {
        return cell.matches(form) && value(cell) != null;
      } catch (java.time.DateTimeException none) {
        return false;
      }
    }
  }

  /** Removes rows from the CSV files that no database can have: of too few or too many cells. */
  static void removeRaggedRows(Installation place) {
    for (String table : TABLES) {
      List<CSVRecord> rows = rows(place.clinic(table));
      StringBuilder text = new StringBuilder();
      try (CSVPrinter printer =
          new CSVPrinter(text, CSVFormat.RFC4180.builder().setRecordSeparator("\n").get())) {
        for (CSVRecord row : rows) {
          if (row.size() == rows.get(0).size()) {
            printer.printRecord((Object[]) row.values());
          }
        }
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
      Installation.write(place.clinic(table), text.toString());
    }
  }

  /** Makes the tables in a schema and fills them; every other empty cell is an empty text. */
  static void load(Installation place, Connection connection, String schema) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA " + schema);
    }
    for (String table : TABLES) {
      List<CSVRecord> rows = rows(place.clinic(table));
      List<String> header = rows.get(0).toList();
      List<List<String>> records =
          rows.subList(1, rows.size()).stream().map(CSVRecord::toList).toList();
      List<Type> types =
          IntStream.range(0, header.size())
              .mapToObj(at -> Type.of(records.stream().map(row -> row.get(at)).toList()))
              .toList();
      create(connection, schema + "." + table, header, types);
      fill(connection, schema + "." + table, types, records);
    }
    if (!connection.getAutoCommit()) {
      connection.commit();
    }
  }

  private static void create(
      Connection connection, String table, List<String> header, List<Type> types)
      throws SQLException {
    String columns =
        IntStream.range(0, header.size())
            .mapToObj(at -> header.get(at) + " " + types.get(at).sql)
            .collect(Collectors.joining(", "));
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE " + table + " (" + columns + ")");
    }
  }

  private static void fill(
      Connection connection, String table, List<Type> types, List<List<String>> rows)
      throws SQLException {
    String marks = types.stream().map(type -> "?").collect(Collectors.joining(", "));
    int empty = 0;
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO " + table + " VALUES (" + marks + ")")) {
      for (List<String> row : rows) {
        for (int at = 0; at < types.size(); at++) {
          String cell = row.get(at);
          boolean isNull = cell.isEmpty() && (types.get(at) != Type.TEXT || empty++ % 2 == 0);
          insert.setObject(at + 1, isNull ? null : types.get(at).value(cell));
        }
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static List<CSVRecord> rows(Path file) {
    try (var parser = CSVFormat.RFC4180.parse(Files.newBufferedReader(file))) {
      return new ArrayList<>(parser.getRecords());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** From now on a job reads from a new PostgreSQL database, which has the CSV files' rows. */
  static PostgresServer.Database usePostgres(Installation place, String job) throws SQLException {
    PostgresServer.Database database = PostgresServer.database();
    loadAndUse(place, job, database.url());
    return database;
  }

  /** The same with a database in the memory of this process, which is read by JDBC alone. */
  static void useHsqldb(Installation place, String job) throws SQLException {
    loadAndUse(place, job, "jdbc:hsqldb:mem:" + UUID.randomUUID() + ";hsqldb.tx=mvcc");
  }

  /** The same with any empty database, whose user is that of the server of tests. */
  static void loadAndUse(Installation place, String job, String url) throws SQLException {
    try (Connection connection =
        DriverManager.getConnection(url, PostgresServer.USER, PostgresServer.PASSWORD)) {
      load(place, connection, "clinic");
    }
    use(place, job, url, PostgresServer.USER, PostgresServer.PASSWORD);
  }

  /** From now on a job reads records and consent lines from a database. */
  static void use(Installation place, String job, String url, String user, String password) {
    login(place, url, user, password);
    Path file = place.job(job);
    String text =
        Installation.read(file)
            .replaceFirst(
                "source: \\{.*}",
                "source: {type: jdbc, url: \"file:../db/url\", user: \"file:../db/user\","
                    + " password: \"file:../db/password\", schema: clinic, timeout: 60}")
            .replaceFirst(
                "consent:\n  type: csv\n  path: .*\n",
                "consent:\n  type: jdbc\n  table: consents\n");
    Installation.write(file, text);
  }

  /** Writes address, user and password to the files that jobs name. */
  static void login(Installation place, String url, String user, String password) {
    secret(place.root().resolve("db/url"), url);
    secret(place.root().resolve("db/user"), user);
    secret(place.root().resolve("db/password"), password);
  }

  private static void secret(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text + "\n", StandardCharsets.UTF_8);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString("rwx------"));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
