package org.consentry.connector.jdbc;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.consentry.connector.jdbc.TableHead.JdbcColumn;
import org.consentry.connector.jdbc.TableHead.JdbcColumn.KeyKind;
import org.consentry.connector.jdbc.TableHead.Kind;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/**
 * Any database by what JDBC itself has: a cursor that only goes forward, in one transaction of one
 * connection. A table whose key is one number or one date is cut by ranges of it.
 */
final class AnyDialect implements Dialect {

  /** Rows that the driver gets at once. */
  private static final int FETCH = 2_000;

  /** What a cell is taken to have, where the database does not know the size of its tables. */
  private static final int CELL_BYTES = 16;

  private static final String[] KINDS = {"TABLE", "BASE TABLE", "VIEW", "MATERIALIZED VIEW"};

  /** Databases whose repeatable reads are of one state. */
  private static final Set<String> ONE_STATE = Set.of("mysql", "mariadb");

  private static final Set<Integer> NUMBERS =
      Set.of(Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT);

  private static final Set<Integer> PLAIN =
      Set.of(
          Types.TINYINT,
          Types.SMALLINT,
          Types.INTEGER,
          Types.BIGINT,
          Types.DECIMAL,
          Types.NUMERIC,
          Types.REAL,
          Types.FLOAT,
          Types.DOUBLE,
          Types.BOOLEAN,
          Types.BIT,
          Types.CHAR,
          Types.NCHAR,
          Types.VARCHAR,
          Types.NVARCHAR,
          Types.LONGVARCHAR,
          Types.LONGNVARCHAR,
          Types.CLOB,
          Types.NCLOB,
          Types.DATE,
          Types.TIME,
          Types.TIMESTAMP,
          Types.TIMESTAMP_WITH_TIMEZONE);

  private final String address;
  private final int seconds;

  /**
   * Reads by JDBC alone.
   *
   * @param address of the database
   * @param seconds that a query may take
   */
  AnyDialect(String address, int seconds) {
    this.address = address;
    this.seconds = seconds;
  }

  /**
   * MySQL's driver follows the fetch size only with an option; it reads whole results otherwise.
   */
  @Override
  public Properties options() {
    Properties options = new Properties();
    if (address.startsWith("jdbc:mysql:")) {
      options.put("useCursorFetch", "true");
    }
    return options;
  }

  @Override
  public void prepare(Connection connection) throws SQLException {
    connection.setReadOnly(true);
    DatabaseMetaData database = connection.getMetaData();
    for (int level : levels(database)) {
      if (database.supportsTransactionIsolationLevel(level)) {
        connection.setTransactionIsolation(level);
        connection.setAutoCommit(false);
        return;
      }
    }
    throw new SQLFeatureNotSupportedException("no transaction sees one state", "0A000");
  }

  /**
   * Rows that others add meanwhile may be seen in a repeatable read, as the standard has it. Those
   * of MySQL and MariaDB read one state, and there a serializable transaction locks what it reads.
   */
  static List<Integer> levels(DatabaseMetaData database) throws SQLException {
    int repeatable = Connection.TRANSACTION_REPEATABLE_READ;
    int serializable = Connection.TRANSACTION_SERIALIZABLE;
    return ONE_STATE.contains(database.getDatabaseProductName().toLowerCase(Locale.ROOT))
        ? List.of(repeatable, serializable)
        : List.of(serializable, repeatable);
  }

  @Override
  public Optional<TableHead> head(Connection connection, Optional<String> schema, String table)
      throws SQLException {
    DatabaseMetaData database = connection.getMetaData();
    String wanted = schema.or(() -> own(connection)).orElse("");
    SortedMap<Integer, List<Found>> found = new TreeMap<>();
    try (ResultSet row = database.getTables(connection.getCatalog(), null, null, KINDS)) {
      while (row.next()) {
        String in = Optional.ofNullable(row.getString("TABLE_SCHEM")).orElse("");
        String name = row.getString("TABLE_NAME");
        boolean isIn = wanted.isEmpty() || in.equals(wanted) || shown(in, database).equals(wanted);
        if (isIn && (name.equals(table) || shown(name, database).equals(table))) {
          int exact = (in.equals(wanted) ? 1 : 0) + (name.equals(table) ? 1 : 0);
          found.computeIfAbsent(exact, key -> new ArrayList<>()).add(new Found(in, name));
        }
      }
    }
    if (found.isEmpty()) {
      return Optional.empty();
    }
    List<Found> closest = Objects.requireNonNull(found.get(found.lastKey()));
    if (closest.size() > 1) {
      throw ProblemException.of(
          Category.FILES_INVALID,
          "TABLE_AMBIGUOUS",
          Place.of(table),
          "the database has " + closest.size() + " tables or views that this name is one of",
          "write schema and name exactly as the database does, with upper and lower case");
    }
    String in = closest.get(0).schema();
    String name = closest.get(0).name();
    return Optional.of(
        new TableHead(
            table,
            Optional.of(in).filter(schemaOf -> !schemaOf.isEmpty()),
            (in.isEmpty() ? "" : shown(in, database) + ".") + table,
            (in.isEmpty() ? "" : quoted(connection, in) + ".") + quoted(connection, name),
            Kind.OTHER,
            columns(connection, in, name)));
  }

  /** A table as the database writes it; the schema is empty where there is none. */
  private record Found(String schema, String name) {}

  private static Optional<String> own(Connection connection) {
    try {
      return Optional.ofNullable(connection.getSchema());
    } catch (SQLException unsupported) {
      return Optional.empty();
    }
  }

  /** A name as people write it who do not quote it. */
  private static String shown(String name, DatabaseMetaData database) throws SQLException {
    return database.storesUpperCaseIdentifiers() && name.equals(name.toUpperCase(Locale.ROOT))
        ? name.toLowerCase(Locale.ROOT)
        : name;
  }

  private static List<JdbcColumn> columns(Connection connection, String schema, String table)
      throws SQLException {
    DatabaseMetaData database = connection.getMetaData();
    Set<String> key = new HashSet<>();
    try (ResultSet row =
        database.getPrimaryKeys(connection.getCatalog(), schema.isEmpty() ? null : schema, table)) {
      while (row.next()) {
        key.add(row.getString("COLUMN_NAME"));
      }
    }
    List<JdbcColumn> columns = new ArrayList<>();
    String relation =
        (schema.isEmpty() ? "" : quoted(connection, schema) + ".") + quoted(connection, table);
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM " + relation + " WHERE 1 = 0")) {
      var found = rows.getMetaData();
      for (int at = 1; at <= found.getColumnCount(); at++) {
        String name = found.getColumnName(at);
        String type = found.getColumnTypeName(at).toLowerCase(Locale.ROOT);
        int kind = found.getColumnType(at);
        boolean isPlain =
            PLAIN.contains(kind) && !(kind == Types.BIT && found.getPrecision(at) > 1);
        boolean isUuid = type.equals("uuid") || type.equals("uniqueidentifier");
        columns.add(
            isPlain || isUuid
                ? new JdbcColumn(
                    shown(name, database),
                    quoted(connection, name),
                    type,
                    key.equals(Set.of(name)) ? keyKind(kind, found.getScale(at)) : KeyKind.NONE,
                    Optional.empty())
                : JdbcColumn.refused(shown(name, database), type));
      }
    }
    return columns;
  }

  private static KeyKind keyKind(int type, int scale) {
    boolean isDecimal = type == Types.NUMERIC || type == Types.DECIMAL;
    if (NUMBERS.contains(type) || (isDecimal && scale == 0)) {
      return KeyKind.NUMBER;
    }
    return type == Types.DATE ? KeyKind.DATE : KeyKind.NONE;
  }

  @Override
  public long size(Connection connection, TableHead head) throws SQLException {
    return rowCount(connection, head) * head.columns().size() * CELL_BYTES;
  }

  private static long rowCount(Connection connection, TableHead head) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM " + head.relation())) {
      row.next();
      return row.getLong(1);
    }
  }

  @Override
  public Sharing sharing() {
    return Sharing.ONE_CONNECTION;
  }

  /** What was read of heads was another transaction. */
  @Override
  public String begin(Connection connection, List<TableHead> tables) throws SQLException {
    connection.rollback();
    return "transaction";
  }

  @Override
  public void join(Connection connection, String snapshot) throws SQLException {
    throw new SQLException("a transaction has one connection");
  }

  @Override
  public List<String> cuts(Connection connection, TableHead head, long splitBytes)
      throws SQLException {
    Optional<JdbcColumn> key = key(head);
    if (key.isEmpty()) {
      return List.of();
    }
    String column = key.get().text();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT min(" + column + "), max(" + column + ") FROM " + head.relation())) {
      row.next();
      long pieces = 1 + size(connection, head) / splitBytes;
      if (pieces == 1 || row.getObject(1) == null) {
        return List.of();
      }
      boolean isDate = key.get().key() == KeyKind.DATE;
      return cuts(ordinal(row, 1, isDate), ordinal(row, 2, isDate), pieces).stream()
          .map(value -> isDate ? LocalDate.ofEpochDay(value.longValue()) : value)
          .map(Object::toString)
          .toList();
    }
  }

  /** As many equal ranges as there are pieces, or fewer. */
  private static List<BigInteger> cuts(BigInteger least, BigInteger most, long pieces) {
    List<BigInteger> cuts = new ArrayList<>();
    BigInteger width = most.subtract(least).add(BigInteger.ONE);
    BigInteger before = least;
    for (long piece = 1; piece < pieces; piece++) {
      BigInteger cut =
          least.add(width.multiply(BigInteger.valueOf(piece)).divide(BigInteger.valueOf(pieces)));
      if (cut.compareTo(before) > 0) {
        cuts.add(cut);
        before = cut;
      }
    }
    return cuts;
  }

  private static BigInteger ordinal(ResultSet row, int at, boolean isDate) throws SQLException {
    return isDate
        ? BigInteger.valueOf(row.getObject(at, LocalDate.class).toEpochDay())
        : row.getBigDecimal(at).toBigInteger();
  }

  private static Optional<JdbcColumn> key(TableHead head) {
    return head.columns().stream().filter(column -> column.key() != KeyKind.NONE).findFirst();
  }

  @Override
  public long before(Connection connection, TableHead head, String from) throws SQLException {
    try (PreparedStatement statement =
            prepared(connection, head, "SELECT count(*)", new Bounds("", from));
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  @Override
  public Rows rows(Connection connection, TableHead head, Bounds bounds, List<Integer> columns)
      throws SQLException {
    String select =
        columns.isEmpty()
            ? "SELECT 1"
            : columns.stream()
                .map(position -> head.columns().get(position).text())
                .collect(Collectors.joining(", ", "SELECT ", ""));
    PreparedStatement statement = prepared(connection, head, select, bounds);
    statement.setFetchSize(FETCH);
    return new Rows(new QueryBytes(statement, columns.size(), head.shown()), columns.size() + 1, 1);
  }

  private PreparedStatement prepared(
      Connection connection, TableHead head, String select, Bounds bounds) throws SQLException {
    String sql = select + " FROM " + head.relation();
    List<String> values = new ArrayList<>();
    if (!bounds.from().isEmpty() || !bounds.to().isEmpty()) {
      String column = key(head).orElseThrow().text();
      List<String> conditions = new ArrayList<>();
      if (!bounds.from().isEmpty()) {
        conditions.add(column + " >= ?");
        values.add(bounds.from());
      }
      if (!bounds.to().isEmpty()) {
        conditions.add(column + " < ?");
        values.add(bounds.to());
      }
      sql += " WHERE " + String.join(" AND ", conditions);
    }
    PreparedStatement statement =
        connection.prepareStatement(sql, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
    statement.setQueryTimeout(seconds);
    for (int at = 0; at < values.size(); at++) {
      if (key(head).orElseThrow().key() == KeyKind.DATE) {
        statement.setObject(at + 1, LocalDate.parse(values.get(at)));
      } else {
        statement.setBigDecimal(at + 1, new BigDecimal(values.get(at)));
      }
    }
    return statement;
  }

  private static String quoted(Connection connection, String name) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.enquoteIdentifier(name, true);
    }
  }
}
