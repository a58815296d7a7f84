package org.consentry.connector;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.consentry.connector.csv.CsvCells;
import org.consentry.data.FieldType;

/**
 * The reference implementation of {@link IsoText} and {@link CsvCells}: values as text by the JDK's
 * own means.
 */
public final class PlainText {

  private static final long MICROS = 1_000_000;

  private PlainText() {}

  public static String of(FieldType type, Object value) {
    return switch (type.kind()) {
      case TEXT, CODE -> (String) value;
      case INTEGER -> Long.toString((Long) value);
      case DECIMAL ->
          new BigDecimal(BigInteger.valueOf((Long) value), type.scale()).toPlainString();
      case DATE -> LocalDate.ofEpochDay((Long) value).toString();
      case TIMESTAMP -> timestamp((Long) value);
    };
  }

  private static String timestamp(long micros) {
    long seconds = Math.floorDiv(micros, MICROS);
    long fraction = Math.floorMod(micros, MICROS);
    LocalDateTime time = LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC);
    String text = time.toLocalDate() + "T" + time.toLocalTime();
    String whole = time.getSecond() == 0 ? text + ":00" : text;
    return fraction == 0 ? whole : whole + "." + Long.toString(MICROS + fraction).substring(1);
  }
}
