package org.consentry.connector;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.consentry.data.Field;
import org.consentry.data.Schema;
import org.jspecify.annotations.Nullable;

/** Reads part files with DuckDB, which shares no code with us. */
public final class DuckDb {

  private DuckDb() {}

  /** The columns of a Parquet file in row order: Long, String or null, types as in the schema. */
  public static List<List<@Nullable Object>> parquet(Path file, Schema schema) throws SQLException {
    return columns("read_parquet('" + file + "')", schema);
  }

  /** The columns of a CSV file; types are given, not guessed. */
  public static List<List<@Nullable Object>> csv(Path file, Schema schema) throws SQLException {
    String types =
        schema.fields().stream()
            .map(field -> "'" + field.name() + "': '" + sqlType(field) + "'")
            .collect(Collectors.joining(", ", "{", "}"));
    return columns(
        "read_csv('"
            + file
            + "', header = true, delim = ',', quote = '\"', escape = '\"',"
            + " max_line_size = 20000000, columns = "
            + types
            + ")",
        schema);
  }

  private static List<List<@Nullable Object>> columns(String table, Schema schema)
      throws SQLException {
    String selected =
        schema.fields().stream().map(DuckDb::expression).collect(Collectors.joining(", "));
    List<List<@Nullable Object>> columns = new ArrayList<>();
    schema.fields().forEach(field -> columns.add(new ArrayList<>()));
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT " + selected + " FROM " + table)) {
      while (rows.next()) {
        for (int i = 0; i < columns.size(); i++) {
          Object value = rows.getObject(i + 1);
          columns.get(i).add(value instanceof BigDecimal number ? unscaled(number) : value);
        }
      }
    }
    return columns;
  }

  /** One text for each row of a query. */
  public static List<String> query(String sql) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          cells.add(String.valueOf(rows.getObject(i)));
        }
        texts.add(String.join("|", cells));
      }
    }
    return texts;
  }

  private static Long unscaled(BigDecimal number) {
    return number.unscaledValue().longValueExact();
  }

  private static String expression(Field field) {
    String name = "\"" + field.name() + "\"";
    return switch (field.type().kind()) {
      case DATE -> "(" + name + " - DATE '1970-01-01')::BIGINT";
      case TIMESTAMP -> "epoch_us(" + name + ")";
      case TEXT, CODE, INTEGER, DECIMAL -> name;
    };
  }

  private static String sqlType(Field field) {
    return switch (field.type().kind()) {
      case TEXT, CODE -> "VARCHAR";
      case INTEGER -> "BIGINT";
      case DATE -> "DATE";
      case TIMESTAMP -> "TIMESTAMP";
      case DECIMAL -> field.type().toString();
    };
  }
}
