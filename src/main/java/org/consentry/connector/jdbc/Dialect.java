package org.consentry.connector.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.consentry.connector.csv.CsvBytes;

/** How a kind of database is read. Immutable; safe for any number of threads. */
interface Dialect {

  /** Whether a snapshot can be read over several connections. */
  enum Sharing {
    ONE_CONNECTION,
    MANY_CONNECTIONS
  }

  /** Options of a connection. */
  Properties options();

  /** Makes a new connection read-only, with limits of time. */
  void prepare(Connection connection) throws SQLException;

  /** The head of a table or view; empty when there is none of that name. */
  Optional<TableHead> head(Connection connection, Optional<String> schema, String table)
      throws SQLException;

  /** Bytes of a table, or what it is estimated to have. */
  long size(Connection connection, TableHead head) throws SQLException;

  Sharing sharing();

  /**
   * Begins a snapshot.
   *
   * @param tables that must not be replaced while it is read
   * @return its name, for other connections
   */
  String begin(Connection connection, List<TableHead> tables) throws SQLException;

  /** Takes part in a snapshot of another connection. */
  void join(Connection connection, String snapshot) throws SQLException;

  /**
   * Where a table is cut: the beginnings of all pieces but the first, in order.
   *
   * @param splitBytes about how many bytes a piece has
   */
  List<String> cuts(Connection connection, TableHead head, long splitBytes) throws SQLException;

  /**
   * How many rows are before a piece.
   *
   * @param from where it begins, one of the {@link #cuts}
   */
  long before(Connection connection, TableHead head, String from) throws SQLException;

  /**
   * The rows of a piece.
   *
   * @param bounds where it begins and ends; empty texts where the table does
   * @param columns positions of the wanted columns
   */
  Rows rows(Connection connection, TableHead head, Bounds bounds, List<Integer> columns)
      throws SQLException;

  /**
   * A piece of a table.
   *
   * @param from where it begins; empty for the beginning of the table
   * @param to where the next one begins; empty for the end of the table
   */
  record Bounds(String from, String to) {}

  /**
   * Rows as CSV.
   *
   * @param bytes the text
   * @param width fields of a row
   * @param first position of the first wanted column among the fields
   */
  record Rows(CsvBytes bytes, int width, int first) {}
}
