package org.consentry.connector.jdbc;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The rows of a query as CSV: a first field that is never empty, then the columns. */
final class QueryBytes extends RowBytes {

  /** With a fraction only where there is one, as PostgreSQL writes it. */
  private static final DateTimeFormatter MOMENT =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter(Locale.ROOT);

  private final PreparedStatement statement;
  private final int columns;
  private Optional<ResultSet> rows = Optional.empty();
  private byte[] text = new byte[1 << 12];
  private int filled;

  /**
   * The rows of a statement that is executed when the first one is asked for.
   *
   * @param columns how many of its columns are read
   * @param shown the table, for messages
   */
  QueryBytes(PreparedStatement statement, int columns, String shown) {
    super(shown);
    this.statement = statement;
    this.columns = columns;
  }

  @Override
  Optional<ByteBuffer> nextRow() throws SQLException {
    filled = 0;
    if (rows.isEmpty()) {
      rows = Optional.of(statement.executeQuery());
    }
    ResultSet row = rows.get();
    if (!row.next()) {
      return Optional.empty();
    }
    add("1");
    ResultSetMetaData found = row.getMetaData();
    for (int column = 1; column <= columns; column++) {
      add(",");
      Optional<String> cell = cell(row, column, found.getColumnType(column));
      if (cell.isPresent()) {
        addCell(cell.get());
      }
    }
    add("\n");
    return Optional.of(ByteBuffer.wrap(text, 0, filled));
  }

  /** As a CSV file would have it; empty for NULL. */
  private static Optional<String> cell(ResultSet row, int column, int type) throws SQLException {
    return switch (type) {
      case Types.DECIMAL, Types.NUMERIC ->
          Optional.ofNullable(row.getBigDecimal(column)).map(number -> number.toPlainString());
      case Types.BOOLEAN, Types.BIT -> {
        boolean is = row.getBoolean(column);
        yield row.wasNull() ? Optional.empty() : Optional.of(Boolean.toString(is));
      }
      case Types.DATE ->
          Optional.ofNullable(row.getObject(column, LocalDate.class)).map(LocalDate::toString);
      case Types.TIME ->
          Optional.ofNullable(row.getObject(column, LocalTime.class))
              .map(DateTimeFormatter.ISO_LOCAL_TIME::format);
      case Types.TIMESTAMP ->
          Optional.ofNullable(row.getObject(column, LocalDateTime.class)).map(MOMENT::format);
      case Types.TIMESTAMP_WITH_TIMEZONE ->
          Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
              .map(at -> MOMENT.format(at.withOffsetSameInstant(ZoneOffset.UTC)) + "Z");
      case Types.CHAR, Types.NCHAR ->
          Optional.ofNullable(row.getString(column)).map(String::stripTrailing);
      default -> Optional.ofNullable(row.getString(column));
    };
  }

  private void addCell(String cell) {
    if (!cell.isEmpty()
        && cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')) {
      add(cell);
    } else {
      add("\"" + cell.replace("\"", "\"\"") + "\"");
    }
  }

  private void add(String words) {
    byte[] bytes = words.getBytes(StandardCharsets.UTF_8);
    if (filled + bytes.length > text.length) {
      text = Arrays.copyOf(text, Math.max(filled + bytes.length, 2 * text.length));
    }
    System.arraycopy(bytes, 0, text, filled, bytes.length);
    filled += bytes.length;
  }

  @Override
  public void close() {
    try {
      statement.close();
    } catch (SQLException gone) {
      return;
    }
  }
}
