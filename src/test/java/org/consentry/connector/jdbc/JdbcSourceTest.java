package org.consentry.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.consentry.config.Job.KeyText;
import org.consentry.config.WithPlace;
import org.consentry.connector.BatchReader;
import org.consentry.connector.Source;
import org.consentry.connector.SourceTable;
import org.consentry.connector.Split;
import org.consentry.data.BytesColumn;
import org.consentry.data.MissingCells;
import org.consentry.data.RowBatch;
import org.consentry.keys.DatabaseLogin;
import org.consentry.keys.KeyReference;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.testing.PostgresServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read of the tables of real databases. */
final class JdbcSourceTest {

  private static final String SPLIT_BYTES = "consentry.splitBytes";
  private static final String TABLE = "CREATE TABLE t (note VARCHAR(9), id BIGINT PRIMARY KEY)";

  @TempDir private Path folder;

  @AfterEach
  void usualSplits() {
    System.clearProperty(SPLIT_BYTES);
  }

  @Test
  void givesTheCellsOfPostgresAsACsvFileHasThem() {
    Source source =
        postgres(
            "CREATE TYPE laterality AS ENUM ('left', 'right')",
            "CREATE DOMAIN mrn AS varchar(12)",
            "CREATE TABLE t (id int PRIMARY KEY, s smallint, b bigint, n numeric, n2 numeric(8,2),"
                + " f double precision, d date, ts timestamp, tz timestamptz, ok boolean, u uuid,"
                + " c char(6), v varchar, e laterality, m mrn, tm time, j jsonb)",
            "INSERT INTO t VALUES (1, -2, 9007199254740993, 1.50, 7, 0.1, '2026-03-01', '2026-03-01"
                + " 09:30:00', '2026-03-01 09:30:00.25-07', true,"
                + " 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', 'ab', 'a,\"b\"' || chr(10) || 'c',"
                + " 'left', 'M1', '08:05:00', '{\"a\": 1}')",
            "INSERT INTO t (id, v) VALUES (2, '')",
            "INSERT INTO t (id) VALUES (3)");

    assertThat(rows(source.table("t").orElseThrow()))
        .containsExactly(
            "1|-2|9007199254740993|1.50|7.00|0.1|2026-03-01|2026-03-01T09:30:00"
                + "|2026-03-01T16:30:00.25Z|true|a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11|ab|a,\"b\"\nc"
                + "|left|M1|08:05:00|{\"a\": 1}",
            "2|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-",
            "3|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-");
  }

  @Test
  void givesTheCellsOfAnyDatabaseAsACsvFileHasThem() {
    Source source =
        hsqldb(
            "CREATE TABLE t (id INTEGER PRIMARY KEY, s SMALLINT, b BIGINT, n NUMERIC(8,2), d DATE,"
                + " ts TIMESTAMP, tz TIMESTAMP WITH TIME ZONE, ok BOOLEAN, u UUID, c CHAR(6),"
                + " v VARCHAR(20), tm TIME)",
            "INSERT INTO t VALUES (1, -2, 9007199254740993, 1.5, DATE '2026-03-01',"
                + " TIMESTAMP '2026-03-01 09:30:00', TIMESTAMP '2026-03-01 09:30:00.25-7:00', true,"
                + " UUID('A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'), 'ab', 'a,\"b\"' || CHAR(10) ||"
                + " 'c', TIME '08:05:00')",
            "INSERT INTO t (id, v) VALUES (2, '')",
            "INSERT INTO t (id) VALUES (3)");

    assertThat(rows(source.table("t").orElseThrow()))
        .containsExactly(
            "1|-2|9007199254740993|1.50|2026-03-01|2026-03-01T09:30:00|2026-03-01T16:30:00.25Z|true"
                + "|a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11|ab|a,\"b\"\nc|08:05:00",
            "2|-|-|-|-|-|-|-|-|-|-|-",
            "3|-|-|-|-|-|-|-|-|-|-|-");
  }

  @Test
  void countsNullsAndEmptyTextsOfTheColumnsThatAreRead() {
    String[] statements = {
      TABLE,
      "INSERT INTO t VALUES ('', 1)",
      "INSERT INTO t VALUES ('\"\"', 2)",
      "INSERT INTO t VALUES (NULL, 3)",
      "INSERT INTO t VALUES (NULL, 4)"
    };

    for (Source source : List.of(postgres(statements), hsqldb(statements))) {
      assertThat(missing(source.table("t").orElseThrow(), List.of(1, 0)))
          .containsExactly(new MissingCells(0, 0), new MissingCells(2, 1));
    }
  }

  private static List<MissingCells> missing(SourceTable table, List<Integer> columns) {
    try (BatchReader reader = table.first(columns)) {
      while (reader.next().isPresent()) {
        // Reads to the end.
      }
      return reader.missing();
    }
  }

  @Test
  void asksTheDriverOfMySqlForACursor() {
    assertThat(new AnyDialect("jdbc:mysql://db/clinic", 60).options())
        .isEqualTo(Map.of("useCursorFetch", "true"));
    assertThat(new AnyDialect("jdbc:mariadb://db/clinic", 60).options()).isEmpty();
  }

  @Test
  void refusesArraysAndBytesByName() {
    SourceTable postgres =
        postgres("CREATE TABLE t (id int, codes text[], photo bytea, span interval)")
            .table("t")
            .orElseThrow();
    SourceTable other =
        hsqldb("CREATE TABLE t (id INT, codes INT ARRAY, photo VARBINARY(9))")
            .table("t")
            .orElseThrow();

    assertThat(postgres.columns().stream().map(postgres::refusal))
        .containsExactly(
            Optional.empty(),
            Optional.of("is of type text[], whose cells are no plain values"),
            Optional.of("is of type bytea, whose cells are no plain values"),
            Optional.of("is of type interval, whose cells are no plain values"));
    assertThatThrownBy(() -> postgres.first(List.of(0, 2)))
        .hasMessageContaining("error COLUMN_TYPE column 'photo' is of type bytea");
    assertThat(other.columns().stream().map(other::refusal))
        .containsExactly(
            Optional.empty(),
            Optional.of("is of type integer array, whose cells are no plain values"),
            Optional.of("is of type varbinary, whose cells are no plain values"));
  }

  @Test
  void readsATableOfPostgresByItsBlocks() {
    Source source =
        postgres(
            "CREATE TABLE t (id int, note text)",
            "INSERT INTO t SELECT i, repeat('x', 100) FROM generate_series(1, 20000) i",
            "DELETE FROM t WHERE id % 3 = 0",
            "UPDATE t SET note = 'changed' WHERE id % 100 = 1");
    System.setProperty(SPLIT_BYTES, "400000");
    SourceTable table = source.table("t").orElseThrow();

    List<Split> splits = table.splits();

    assertThat(splits).hasSizeGreaterThan(5);
    assertThat(numbers(table, splits))
        .hasSize(13334)
        .isEqualTo(
            new HashSet<>(
                IntStream.rangeClosed(1, 20000).filter(i -> i % 3 != 0).boxed().toList()));
  }

  @Test
  void readsATableOfAnyDatabaseByRangesOfItsKey() {
    Source source =
        hsqldb(
            IntStream.rangeClosed(0, 500)
                .mapToObj(i -> i == 0 ? TABLE : "INSERT INTO t VALUES ('n', " + i * i + ")")
                .toArray(String[]::new));
    System.setProperty(SPLIT_BYTES, "2000");
    SourceTable table = source.table("t").orElseThrow();

    List<Split> splits = table.splits();

    assertThat(splits).hasSizeGreaterThan(3);
    assertThat(numbers(table, splits, 1))
        .isEqualTo(new HashSet<>(IntStream.rangeClosed(1, 500).map(i -> i * i).boxed().toList()));
  }

  @Test
  void countsLinesOverSplits() {
    Source source =
        postgres(
            "CREATE TABLE t (id int, note text)",
            "INSERT INTO t SELECT i, repeat('x', 100) FROM generate_series(1, 5000) i");
    System.setProperty(SPLIT_BYTES, "100000");
    SourceTable table = source.table("t").orElseThrow();

    List<Split> splits = table.splits();
    try (BatchReader reader = table.open(splits.get(splits.size() - 1), List.of(0))) {
      RowBatch batch = reader.next().orElseThrow();

      assertThat(splits).hasSizeGreaterThan(3);
      assertThat(batch.lines().applyAsLong(0))
          .isEqualTo(Long.parseLong(cell(batch, 0, 0).orElseThrow()) + 1);
    }
  }

  @Test
  void readsAllTablesAsTheyWereWhenTheFirstRowWasRead() {
    PostgresServer.Database database = PostgresServer.database();
    database.execute(
        "CREATE TABLE a (id int)", "CREATE TABLE b (id int)", "INSERT INTO a VALUES (1)");
    Source source = source(database.url());
    SourceTable a = source.table("a").orElseThrow();
    SourceTable b = source.table("b").orElseThrow();

    assertThat(rows(a)).containsExactly("1");
    database.execute("INSERT INTO a VALUES (2)", "INSERT INTO b VALUES (2)");

    assertThat(rows(a)).containsExactly("1");
    assertThat(rows(b)).isEmpty();
    assertThat(rows(b.renewed())).containsExactly("2");
  }

  @Test
  void neverTakesASplitForOneOfAnotherSnapshot() {
    Source source = postgres("CREATE TABLE t (id int)");
    SourceTable table = source.table("t").orElseThrow();
    SourceTable renewed = table.renewed();

    assertThat(renewed.splits()).isNotEqualTo(table.splits());
    assertThatThrownBy(() -> renewed.open(table.splits().get(0), List.of(0)))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("SOURCE_CHANGED");
  }

  @Test
  void refusesColumnsThatChangeBetweenPlanningAndReading() {
    PostgresServer.Database database = PostgresServer.database();
    database.execute("CREATE TABLE t (id int, note char(9))");
    SourceTable table = source(database.url()).table("t").orElseThrow();
    database.execute("ALTER TABLE t ALTER COLUMN note TYPE char(3000)");

    assertThatThrownBy(() -> rows(table))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(
            "SOURCE_CHANGED the columns of the table are not those that were looked at when the run"
                + " was planned; change no tables while they are read, then start a new run");
  }

  @Test
  void changesNothing() {
    PostgresServer.Database database = PostgresServer.database();
    database.execute(
        "CREATE TABLE t (id int)",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'INSERT INTO t VALUES (1) RETURNING id'",
        "CREATE VIEW v AS SELECT f() AS id");
    SourceTable view = source(database.url()).table("v").orElseThrow();

    assertThatThrownBy(() -> rows(view))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("SQLSTATE 25006");
    assertThat(database.count("SELECT count(*) FROM t")).isZero();
  }

  @Test
  void quotesWhatTheDatabaseCallsItsTables() {
    Source source =
        postgres(
            "CREATE TABLE \"Visits; DROP TABLE x\" (\"select\" int, \"o'k \"\"q\" text)",
            "INSERT INTO \"Visits; DROP TABLE x\" VALUES (1, 'a')");

    SourceTable table = source.table("Visits; DROP TABLE x").orElseThrow();

    assertThat(table.columns()).containsExactly("select", "o'k \"q");
    assertThat(rows(table)).containsExactly("1|a");
    assertThat(source.table("absent")).isEmpty();
  }

  @Test
  void prefersATableThatIsNamedExactly() {
    Source source =
        hsqldb(
            "CREATE TABLE t (id INT)",
            "CREATE TABLE \"t\" (id INT)",
            "INSERT INTO t VALUES (1)",
            "INSERT INTO \"t\" VALUES (2)");

    assertThat(rows(source.table("t").orElseThrow())).containsExactly("2");
    assertThat(rows(source.table("T").orElseThrow())).containsExactly("1");
  }

  @Test
  void refusesANameThatFitsSeveralTables() {
    String url =
        hsqldbUrl(
            "CREATE SCHEMA clinic",
            "CREATE SCHEMA \"clinic\"",
            "CREATE TABLE clinic.\"t\" (id INT)",
            "CREATE TABLE \"clinic\".t (id INT)");
    Source clinic = source(url, Optional.of("clinic"));

    assertThatThrownBy(() -> clinic.table("t"))
        .isInstanceOf(ProblemException.class)
        .hasMessage(
            "t: error TABLE_AMBIGUOUS the database has 2 tables or views that this name is one of;"
                + " write schema and name exactly as the database does, with upper and lower case");
    assertThat(source(url, Optional.of("CLINIC")).table("t")).isPresent();
    assertThat(clinic.table("T")).isPresent();
  }

  @ParameterizedTest
  @CsvSource({"MySQL, 4", "MariaDB, 4", "HSQL Database Engine, 8", "Oracle, 8"})
  void readsOneStateByTheLevelThatTheDatabaseHasForIt(String product, int level)
      throws SQLException {
    DatabaseMetaData database =
        answering(DatabaseMetaData.class, Map.of("getDatabaseProductName", product));

    assertThat(AnyDialect.levels(database).get(0)).isEqualTo(level);
  }

  /** As with MySQL, MariaDB and SQLite. */
  @Test
  void readsADatabaseWithoutSchemas() throws SQLException {
    String url = hsqldbUrl("CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (7)");
    try (Connection real =
        DriverManager.getConnection(url, PostgresServer.USER, PostgresServer.PASSWORD)) {
      Connection connection = withoutSchemas(real);
      AnyDialect dialect = new AnyDialect("jdbc:hsqldb:mem:x", 60);
      dialect.prepare(connection);

      TableHead head = dialect.head(connection, Optional.empty(), "t").orElseThrow();

      assertThat(head.schema()).isEmpty();
      assertThat(head.shown()).isEqualTo("t");
      assertThat(head.relation()).isEqualTo("\"T\"");
      assertThat(dialect.head(connection, head.schema(), head.name())).contains(head);
    }
  }

  private static Connection withoutSchemas(Connection real) throws SQLException {
    DatabaseMetaData meta = real.getMetaData();
    InvocationHandler tables =
        (proxy, method, words) -> {
          Object answer = invoke(meta, method, words);
          return answer instanceof ResultSet rows && method.getName().equals("getTables")
              ? proxy(
                  ResultSet.class,
                  (of, get, names) ->
                      names != null && "TABLE_SCHEM".equals(names[0])
                          ? null
                          : invoke(rows, get, names))
              : answer;
        };
    return proxy(
        Connection.class,
        (of, method, words) ->
            switch (method.getName()) {
              case "getSchema" -> null;
              case "getMetaData" -> proxy(DatabaseMetaData.class, tables);
              default -> invoke(real, method, words);
            });
  }

  private static <T> T answering(Class<T> type, Map<String, Object> answers) {
    return proxy(type, (of, method, words) -> answers.get(method.getName()));
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static Object invoke(Object on, Method method, Object[] words) throws Throwable {
    try {
      return method.invoke(on, words);
    } catch (InvocationTargetException failed) {
      throw failed.getCause();
    }
  }

  @Test
  void readsViewsAndPartitionedTablesWhole() {
    Source source =
        postgres(
            "CREATE TABLE p (id int) PARTITION BY RANGE (id)",
            "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10)",
            "CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (10) TO (20)",
            "INSERT INTO p SELECT generate_series(5, 14)",
            "CREATE VIEW v AS SELECT id FROM p WHERE id > 12");

    assertThat(rows(source.table("p").orElseThrow())).hasSize(10);
    assertThat(rows(source.table("v").orElseThrow())).containsExactly("13", "14");
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://db.example/clinic,",
    "jdbc:postgresql://localhost/clinic?sslmode=disable,",
    "jdbc:postgresql://db.example/clinic?sslmode=verify-full,",
    "jdbc:postgresql://db.example/clinic?sslmode=verify-ca&connectTimeout=1,",
    "jdbc:postgresql://db.example/clinic?sslmode=require,without a checked certificate",
    "jdbc:postgresql://db.example/clinic?sslmode=disable,without a checked certificate",
    "'jdbc:postgresql://localhost:5432,db.example/c?sslmode=prefer',without a checked certificate",
    "jdbc:postgresql://[::1]:5432/clinic?sslmode=disable,",
    "jdbc:postgresql:clinic?sslmode=disable,",
    "jdbc:hsqldb:mem:clinic,",
    "jdbc:hsqldb:hsql://localhost/clinic,",
    "jdbc:hsqldb:hsql://db.example/clinic,whether they are encrypted is not known"
  })
  void warnsOfConnectionsToOtherHostsThatAreNotChecked(String address, String warning) {
    KeyReference reference = new KeyReference.InFile(file("url", address));
    List<Problem> warnings =
        Database.of(
                DatabaseLogin.read(reference, Optional.empty(), Optional.empty()),
                Place.of("job.yaml", 7),
                60)
            .warnings();

    if (warning == null) {
      assertThat(warnings).isEmpty();
    } else {
      assertThat(warnings).singleElement().asString().contains("SOURCE_NOT_ENCRYPTED", warning);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://db/c?password=canary",
    "jdbc:postgresql://ada:canary@db/c",
    "jdbc:oracle:thin:ada/canary@//db:1521/c",
    "jdbc:sqlserver://db;user=ada;password=canary",
    "postgresql://db/canary"
  })
  void refusesAddressesWithPasswordsAndRepeatsNothingOfThem(String address) {
    assertThatThrownBy(() -> source(address))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("DATABASE_ADDRESS")
        .hasMessageNotContaining("canary");
  }

  private Source postgres(String... statements) {
    PostgresServer.Database database = PostgresServer.database();
    database.execute(statements);
    return source(database.url());
  }

  private Source hsqldb(String... statements) {
    return source(hsqldbUrl(statements));
  }

  private static String hsqldbUrl(String... statements) {
    String url = "jdbc:hsqldb:mem:" + UUID.randomUUID() + ";hsqldb.tx=mvcc";
    try (Connection connection =
            DriverManager.getConnection(url, PostgresServer.USER, PostgresServer.PASSWORD);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
    return url;
  }

  private Source source(String address) {
    return source(address, Optional.empty());
  }

  private Source source(String address, Optional<String> schema) {
    JdbcSource.Config config =
        new JdbcSource.Config(
            Place.of("job.yaml", 7),
            secret("url", address),
            Optional.of(secret("user", PostgresServer.USER)),
            Optional.of(secret("password", PostgresServer.PASSWORD)),
            schema,
            Optional.of(60));
    return JdbcSource.FACTORY.open(config, folder);
  }

  private WithPlace<KeyText> secret(String name, String text) {
    return new WithPlace<>(new KeyText("file:" + file(name, text)), Place.of("job.yaml", 7));
  }

  private Path file(String name, String text) {
    try {
      Path file = Files.createTempFile(folder, name, "");
      Files.writeString(file, text, StandardCharsets.UTF_8);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      return file;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static List<String> rows(SourceTable table) {
    List<Integer> columns = IntStream.range(0, table.columns().size()).boxed().toList();
    List<String> rows = new ArrayList<>();
    for (Split split : table.splits()) {
      try (BatchReader reader = table.open(split, columns)) {
        for (Optional<RowBatch> batch = reader.next(); batch.isPresent(); batch = reader.next()) {
          RowBatch found = batch.get();
          for (int row = 0; row < found.rows(); row++) {
            int at = row;
            rows.add(
                String.join(
                    "|",
                    IntStream.range(0, columns.size())
                        .mapToObj(column -> cell(found, column, at).orElse("-"))
                        .toList()));
          }
        }
      }
    }
    return rows;
  }

  private static Set<Integer> numbers(SourceTable table, List<Split> splits) {
    return numbers(table, splits, 0);
  }

  private static Set<Integer> numbers(SourceTable table, List<Split> splits, int column) {
    Set<Integer> numbers = new HashSet<>();
    for (Split split : splits) {
      try (BatchReader reader = table.open(split, List.of(column))) {
        for (Optional<RowBatch> batch = reader.next(); batch.isPresent(); batch = reader.next()) {
          for (int row = 0; row < batch.get().rows(); row++) {
            boolean isNew = numbers.add(Integer.valueOf(cell(batch.get(), 0, row).orElseThrow()));
            assertThat(isNew).as("a row that is read twice").isTrue();
          }
        }
      }
    }
    return numbers;
  }

  private static Optional<String> cell(RowBatch batch, int column, int row) {
    BytesColumn cells = (BytesColumn) batch.columns().get(column);
    int start = cells.starts()[row];
    return cells.isMissing(row)
        ? Optional.empty()
        : Optional.of(
            new String(cells.buffer(), start, cells.ends()[row] - start, StandardCharsets.UTF_8));
  }
}
