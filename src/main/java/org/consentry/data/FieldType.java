package org.consentry.data;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The type of a released column.
 *
 * @param kind which of the six kinds
 * @param precision total digits of a decimal, 1 to 18; 0 for every other kind
 * @param scale digits after the point of a decimal, 0 to precision; 0 for every other kind
 */
public record FieldType(Kind kind, int precision, int scale) {

  /** What a value is, and the physical form it travels in. */
  public enum Kind {
    /** Free text, UTF-8 bytes in a {@link BytesColumn}. */
    TEXT,
    /** A code or identifier, UTF-8 bytes in a {@link BytesColumn}. */
    CODE,
    /** A signed 64-bit number in a {@link LongColumn}. */
    INTEGER,
    /** An unscaled number in a {@link LongColumn}. */
    DECIMAL,
    /** Days since 1970-01-01 in a {@link LongColumn}. */
    DATE,
    /** Microseconds since 1970-01-01T00:00:00, local to the clinic, in a {@link LongColumn}. */
    TIMESTAMP
  }

  public static final FieldType TEXT = new FieldType(Kind.TEXT, 0, 0);
  public static final FieldType CODE = new FieldType(Kind.CODE, 0, 0);
  public static final FieldType INTEGER = new FieldType(Kind.INTEGER, 0, 0);
  public static final FieldType DATE = new FieldType(Kind.DATE, 0, 0);
  public static final FieldType TIMESTAMP = new FieldType(Kind.TIMESTAMP, 0, 0);

  private static final Pattern DECIMAL_WORD = Pattern.compile("decimal\\((\\d{1,2}),(\\d{1,2})\\)");

  public FieldType {
    boolean decimal = kind == Kind.DECIMAL;
    if (decimal && (precision < 1 || precision > 18 || scale < 0 || scale > precision)) {
      throw new IllegalArgumentException("decimal takes 1 to 18 digits, scale 0 to that");
    }
    if (!decimal && (precision != 0 || scale != 0)) {
      throw new IllegalArgumentException("only a decimal has precision and scale");
    }
  }

  /** A decimal of at most 18 digits. */
  public static FieldType decimal(int precision, int scale) {
    return new FieldType(Kind.DECIMAL, precision, scale);
  }

  /**
   * Reads {@code text}, {@code code}, {@code integer}, {@code decimal(p,s)}, {@code date}, {@code
   * timestamp}.
   */
  public static Optional<FieldType> parse(String word) {
    return switch (word) {
      case "text" -> Optional.of(TEXT);
      case "code" -> Optional.of(CODE);
      case "integer" -> Optional.of(INTEGER);
      case "date" -> Optional.of(DATE);
      case "timestamp" -> Optional.of(TIMESTAMP);
      default -> parseDecimal(word);
    };
  }

  private static Optional<FieldType> parseDecimal(String word) {
    Matcher matcher = DECIMAL_WORD.matcher(word.replace(" ", ""));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int precision = Integer.parseInt(matcher.group(1));
    int scale = Integer.parseInt(matcher.group(2));
    if (precision < 1 || precision > 18 || scale > precision) {
      return Optional.empty();
    }
    return Optional.of(decimal(precision, scale));
  }

  /** Whether values of this type travel in a {@link BytesColumn}. */
  public boolean isBytes() {
    return kind == Kind.TEXT || kind == Kind.CODE;
  }

  /** Returns the word people write in a mapping. */
  @Override
  public String toString() {
    return switch (kind) {
      case TEXT -> "text";
      case CODE -> "code";
      case INTEGER -> "integer";
      case DATE -> "date";
      case TIMESTAMP -> "timestamp";
      case DECIMAL -> "decimal(" + precision + "," + scale + ")";
    };
  }
}
