package org.consentry.connector.jdbc;

import java.util.List;
import java.util.Optional;

/**
 * What the catalogue of a database has of a table. Equal heads are those of a table that did not
 * change its columns.
 *
 * @param name as the mapping writes it
 * @param schema as the database writes it; empty where it has no schemas
 * @param shown schema and name, for messages
 * @param relation schema and name as statements write them, quoted
 * @param kind what the table is
 * @param columns in the order of the table
 */
record TableHead(
    String name,
    Optional<String> schema,
    String shown,
    String relation,
    Kind kind,
    List<JdbcColumn> columns) {

  /** What a table is. */
  enum Kind {
    /** Its rows are in blocks that can be read apart. */
    OF_BLOCKS,
    /** It can be locked, but its rows are not in blocks of its own. */
    LOCKABLE,
    /** It can only be read. */
    OTHER
  }

  TableHead {
    columns = List.copyOf(columns);
  }

  /**
   * A column.
   *
   * @param name as the mapping writes it
   * @param text an expression that gives its cells as a CSV file would have them
   * @param type the name of its type, for messages
   * @param key whether it alone makes a row unique, and ranges of it can be read
   * @param refusal why its cells cannot be read; empty when they can
   */
  record JdbcColumn(String name, String text, String type, KeyKind key, Optional<String> refusal) {

    /** Whether a column can cut a table into ranges. */
    enum KeyKind {
      NONE,
      NUMBER,
      DATE
    }

    static JdbcColumn refused(String name, String type) {
      return new JdbcColumn(
          name,
          "NULL",
          type,
          KeyKind.NONE,
          Optional.of("is of type " + type + ", whose cells are no plain values"));
    }
  }
}
