package org.consentry.export;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.FieldType;
import org.consentry.data.LongColumn;

/**
 * Some rows of one table as they would leave.
 *
 * @param table its name
 * @param columns names of the released columns
 * @param rows released cells, empty where there is no value
 */
public record SampleRows(String table, List<String> columns, List<List<String>> rows) {

  /** Rows of a table at most. */
  public static final int MOST = 100;

  public SampleRows {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
  }

  /** A cell as text; empty where there is no value. */
  static String text(FieldType type, Column column, int row) {
    if (column.isMissing(row)) {
      return "";
    }
    if (column instanceof BytesColumn bytes) {
      int start = bytes.starts()[row];
      return new String(bytes.buffer(), start, bytes.ends()[row] - start, StandardCharsets.UTF_8);
    }
    long value = ((LongColumn) column).values()[row];
    return switch (type.kind()) {
      case DATE -> LocalDate.ofEpochDay(value).toString();
      case DECIMAL -> BigDecimal.valueOf(value, type.scale()).toPlainString();
      case TIMESTAMP ->
          LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC)
              .plus(value, ChronoUnit.MICROS)
              .toString();
      case TEXT, CODE, INTEGER -> Long.toString(value);
    };
  }
}
