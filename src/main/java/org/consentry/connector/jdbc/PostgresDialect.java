package org.consentry.connector.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import org.consentry.connector.jdbc.TableHead.JdbcColumn;
import org.consentry.connector.jdbc.TableHead.Kind;
import org.postgresql.PGConnection;

/**
 * PostgreSQL: rows come as the CSV that {@code COPY} writes, over any number of connections that
 * share an exported snapshot. An ordinary table is cut by the blocks its rows are in ({@code
 * ctid}).
 */
final class PostgresDialect implements Dialect {

  /** How long a lock of another session is waited for. */
  private static final int LOCK_SECONDS = 30;

  private static final String HEAD =
      "SELECT c.oid, n.nspname, c.relkind::text FROM pg_catalog.pg_class c"
          + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
          + " WHERE n.nspname = coalesce(?, current_schema()) AND c.relname = ?"
          + " AND c.relkind IN ('r', 'p', 'v', 'm', 'f')";

  private static final String COLUMNS =
      "SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), b.typname,"
          + " b.typcategory::text, b.typtype::text"
          + " FROM pg_catalog.pg_attribute a"
          + " JOIN pg_catalog.pg_type t ON t.oid = a.atttypid"
          + " JOIN pg_catalog.pg_type b"
          + " ON b.oid = CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.oid END"
          + " WHERE a.attrelid = ?::oid AND a.attnum > 0 AND NOT a.attisdropped"
          + " ORDER BY a.attnum";

  private final int seconds;

  /**
   * Reads PostgreSQL.
   *
   * @param seconds that a query may take
   */
  PostgresDialect(int seconds) {
    this.seconds = seconds;
  }

  @Override
  public Properties options() {
    Properties options = new Properties();
    options.put("ApplicationName", "consentry");
    options.put("connectTimeout", "10");
    options.put("loginTimeout", "20");
    options.put("socketTimeout", Integer.toString(seconds));
    options.put("tcpKeepAlive", "true");
    options.put("logServerErrorDetail", "false");
    return options;
  }

  @Override
  public void prepare(Connection connection) throws SQLException {
    connection.setReadOnly(true);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    execute(
        connection,
        "SET default_transaction_read_only = on",
        "SET statement_timeout = '" + seconds + "s'",
        // Shorter than the time of a statement, so that the message names the lock.
        "SET lock_timeout = '" + Math.min(LOCK_SECONDS * 1000L, seconds * 900L) + "ms'",
        // Rows that row security hides would be missing in silence; now reading them fails.
        "SET row_security = off",
        "SET client_encoding = 'UTF8'",
        "SET datestyle = 'ISO'",
        "SET xmlbinary = 'base64'");
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "SELECT pg_catalog.set_config(name, '0', false) FROM pg_catalog.pg_settings WHERE name IN"
              + " ('idle_in_transaction_session_timeout', 'transaction_timeout',"
              + " 'idle_session_timeout')");
    }
  }

  @Override
  public Optional<TableHead> head(Connection connection, Optional<String> schema, String table)
      throws SQLException {
    try (PreparedStatement head = connection.prepareStatement(HEAD)) {
      head.setString(1, schema.orElse(null));
      head.setString(2, table);
      try (ResultSet row = head.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        String in = row.getString(2);
        return Optional.of(
            new TableHead(
                table,
                Optional.of(in),
                in + "." + table,
                quoted(connection, in) + "." + quoted(connection, table),
                kind(row.getString(3)),
                columns(connection, row.getLong(1))));
      }
    }
  }

  private static Kind kind(String relkind) {
    return switch (relkind) {
      case "r" -> Kind.OF_BLOCKS;
      case "p", "v" -> Kind.LOCKABLE;
      default -> Kind.OTHER;
    };
  }

  private static List<JdbcColumn> columns(Connection connection, long table) throws SQLException {
    List<JdbcColumn> columns = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
      statement.setLong(1, table);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          String name = row.getString(1);
          String type = row.getString(2);
          columns.add(
              text(quoted(connection, name), row.getString(3), row.getString(4), row.getString(5))
                  .map(
                      text ->
                          new JdbcColumn(
                              name, text, type, JdbcColumn.KeyKind.NONE, Optional.empty()))
                  .orElseGet(() -> JdbcColumn.refused(name, type)));
        }
      }
    }
    return columns;
  }

  /** The cells of a column as a CSV file would have them; empty when they are no plain values. */
  private static Optional<String> text(String column, String type, String category, String kind) {
    return switch (type) {
      case "text", "varchar", "int2", "int4", "int8", "numeric", "float4", "float8", "date" ->
          Optional.of(column);
      case "bpchar", "bool", "uuid", "time", "json", "jsonb", "xml", "inet", "cidr", "macaddr" ->
          Optional.of(column + "::text");
      case "timestamp" -> Optional.of("replace(" + column + "::text, ' ', 'T')");
      case "timestamptz" ->
          Optional.of("replace((" + column + " AT TIME ZONE 'UTC')::text, ' ', 'T') || 'Z'");
      default ->
          kind.equals("e") || category.equals("S")
              ? Optional.of(column + "::text")
              : Optional.empty();
    };
  }

  @Override
  public long size(Connection connection, TableHead head) throws SQLException {
    return number(
        connection,
        "SELECT pg_catalog.pg_table_size('" + head.relation().replace("'", "''") + "'::regclass)");
  }

  @Override
  public Sharing sharing() {
    return Sharing.MANY_CONNECTIONS;
  }

  /**
   * The tables are locked before the snapshot begins: one that is rewritten afterwards would look
   * empty in it.
   */
  @Override
  public String begin(Connection connection, List<TableHead> tables) throws SQLException {
    connection.setAutoCommit(false);
    String lockable =
        tables.stream()
            .filter(head -> head.kind() != Kind.OTHER)
            .map(TableHead::relation)
            .distinct()
            .collect(Collectors.joining(", "));
    if (!lockable.isEmpty()) {
      execute(connection, "LOCK TABLE " + lockable + " IN ACCESS SHARE MODE");
    }
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_catalog.pg_export_snapshot()")) {
      row.next();
      return row.getString(1);
    }
  }

  @Override
  public void join(Connection connection, String snapshot) throws SQLException {
    connection.setAutoCommit(false);
    execute(connection, "SET TRANSACTION SNAPSHOT '" + snapshot + "'");
  }

  @Override
  public List<String> cuts(Connection connection, TableHead head, long splitBytes)
      throws SQLException {
    List<String> cuts = new ArrayList<>();
    if (head.kind() == Kind.OF_BLOCKS) {
      long blockBytes =
          number(connection, "SELECT pg_catalog.current_setting('block_size')::bigint");
      long blocks =
          number(
                  connection,
                  "SELECT pg_catalog.pg_relation_size('"
                      + head.relation().replace("'", "''")
                      + "'::regclass)")
              / blockBytes;
      long step = Math.max(1, splitBytes / blockBytes);
      for (long block = step; block < blocks; block += step) {
        cuts.add(Long.toString(block));
      }
    }
    return cuts;
  }

  @Override
  public long before(Connection connection, TableHead head, String from) throws SQLException {
    return number(
        connection, "SELECT count(*) FROM " + head.relation() + where(new Bounds("", from)));
  }

  private static String where(Bounds bounds) {
    List<String> conditions = new ArrayList<>();
    if (!bounds.from().isEmpty()) {
      conditions.add("ctid >= " + block(bounds.from()));
    }
    if (!bounds.to().isEmpty()) {
      conditions.add("ctid < " + block(bounds.to()));
    }
    return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
  }

  private static String block(String number) {
    return String.format(Locale.ROOT, "'(%d,0)'::tid", Long.parseLong(number));
  }

  /** A first field with something in it: a row of one empty field would be a blank line. */
  @Override
  public Rows rows(Connection connection, TableHead head, Bounds bounds, List<Integer> columns)
      throws SQLException {
    String texts =
        columns.stream()
            .map(position -> ", " + head.columns().get(position).text())
            .collect(Collectors.joining());
    String query = "SELECT 1" + texts + " FROM " + head.relation() + where(bounds);
    CopyBytes bytes =
        new CopyBytes(
            connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("COPY (" + query + ") TO STDOUT (FORMAT csv)"),
            head.shown());
    return new Rows(bytes, columns.size() + 1, 1);
  }

  private static String quoted(Connection connection, String name) throws SQLException {
    return connection.unwrap(PGConnection.class).escapeIdentifier(name);
  }

  private static long number(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void execute(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
