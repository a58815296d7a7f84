package org.consentry.connector.parquet.source;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.consentry.connector.IsoText;
import org.consentry.connector.Utf8;
import org.consentry.connector.parquet.source.LogicalType.Unit;
import org.consentry.connector.parquet.source.LogicalType.Zone;

/**
 * The text of a value as a CSV file of the table has it: ISO 8601 dates and times, numbers in
 * decimal digits with a point, {@code true} and {@code false}. Stateless.
 */
sealed interface CellText {

  /** Values that are numbers of up to 64 bits, or the bits of one. */
  non-sealed interface OfLong extends CellText {

    /**
     * Writes the text of a value.
     *
     * @return the position after it; at most {@link #longest()} bytes on
     */
    int write(long value, byte[] out, int at);

    /** Bytes of the longest text, and what may be written after it. */
    default int longest() {
      return IsoText.MAX_LENGTH;
    }
  }

  /** Values that are bytes and no text yet. */
  non-sealed interface OfBytes extends CellText {

    /** The text of a value. */
    String text(byte[] in, int from, int length);
  }

  /** Values that are text: UTF-8, without NUL. */
  record Text() implements CellText {

    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH = ONES << 7;

    /** Whether the bytes are such a text. Eight at a time are looked at for others than ASCII. */
    boolean accepts(byte[] b, int from, int to) {
      int i = from;
      for (; i + Long.BYTES <= to; i += Long.BYTES) {
        long word = (long) Plain.LONGS.get(b, i);
        if ((((word - ONES) | word) & HIGH) != 0) {
          return hasNoNul(b, i, to) && Utf8.isValid(b, from, to);
        }
      }
      for (; i < to; i++) {
        if (b[i] <= 0) {
          return hasNoNul(b, i, to) && Utf8.isValid(b, from, to);
        }
      }
      return true;
    }

    private static boolean hasNoNul(byte[] b, int from, int to) {
      for (int i = from; i < to; i++) {
        if (b[i] == 0) {
          return false;
        }
      }
      return true;
    }
  }

  /** Digits of a 64-bit number. */
  int LONG_DIGITS = 18;

  /** Seconds of a day. */
  long SECONDS_A_DAY = 86_400;

  /**
   * How the values of a type become text; empty when they do not.
   *
   * @param width bytes of a value of fixed length
   */
  static Optional<CellText> of(Physical physical, int width, Optional<LogicalType> logical) {
    Optional<CellText> plain =
        switch (physical) {
          case BOOLEAN -> Optional.of((OfLong) CellText::bool);
          case INT32, INT64 ->
              Optional.of((OfLong) (value, out, at) -> IsoText.number(out, at, value));
          case FLOAT ->
              Optional.of((Floating) bits -> Float.toString(Float.intBitsToFloat((int) bits)));
          case DOUBLE ->
              Optional.of((Floating) bits -> Double.toString(Double.longBitsToDouble(bits)));
          case INT96 -> Optional.of((OfBytes) CellText::int96);
          case BYTE_ARRAY -> Optional.of(new Text());
          case FIXED_LEN_BYTE_ARRAY -> Optional.empty();
        };
    return logical.isEmpty() ? plain : of(physical, width, logical.get());
  }

  private static Optional<CellText> of(Physical physical, int width, LogicalType type) {
    boolean whole = physical == Physical.INT32 || physical == Physical.INT64;
    boolean bytes = physical == Physical.BYTE_ARRAY || physical == Physical.FIXED_LEN_BYTE_ARRAY;
    return switch (type.kind()) {
      case TEXT -> bytes ? Optional.of(new Text()) : Optional.empty();
      case UNKNOWN -> of(physical, width, Optional.empty());
      case SIGNED -> whole ? of(physical, width, Optional.empty()) : Optional.empty();
      case UNSIGNED -> whole ? Optional.of(unsigned(physical)) : Optional.empty();
      case DECIMAL -> whole || bytes ? decimal(whole, type.scale()) : Optional.empty();
      case DATE ->
          physical == Physical.INT32
              ? Optional.of((OfLong) (value, out, at) -> IsoText.date(out, at, value))
              : Optional.empty();
      case TIME ->
          whole
              ? Optional.of((OfLong) (value, out, at) -> time(value, type.unit(), out, at))
              : Optional.empty();
      case TIMESTAMP ->
          physical == Physical.INT64 ? Optional.of(timestamp(type)) : Optional.empty();
      case UUID -> bytes && width == 16 ? Optional.of((OfBytes) CellText::uuid) : Optional.empty();
      case FLOAT16 ->
          bytes && width == 2 ? Optional.of((OfBytes) CellText::float16) : Optional.empty();
      case BSON, INTERVAL, GEOMETRY, NESTED -> Optional.empty();
    };
  }

  /** A number that is not stored in decimal digits. */
  interface Floating extends OfLong {

    /** The number in Java's words. */
    String java(long bits);

    @Override
    default int write(long bits, byte[] out, int at) {
      return ascii(plain(java(bits)), out, at);
    }

    @Override
    default int longest() {
      return 400;
    }
  }

  /** Without an exponent. */
  private static String plain(String java) {
    return java.indexOf('E') < 0 ? java : new BigDecimal(java).toPlainString();
  }

  private static int ascii(String text, byte[] out, int at) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, out, at, bytes.length);
    return at + bytes.length;
  }

  private static int bool(long value, byte[] out, int at) {
    byte[] word = Words.of(value);
    System.arraycopy(word, 0, out, at, word.length);
    return at + word.length;
  }

  /** The words for yes and no. */
  final class Words {

    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);

    private Words() {}

    private static byte[] of(long value) {
      return value == 0 ? FALSE : TRUE;
    }
  }

  private static OfLong unsigned(Physical physical) {
    return physical == Physical.INT32
        ? (value, out, at) -> IsoText.number(out, at, value & 0xFFFF_FFFFL)
        : (value, out, at) ->
            value >= 0
                ? IsoText.number(out, at, value)
                : ascii(Long.toUnsignedString(value), out, at);
  }

  private static Optional<CellText> decimal(boolean whole, int scale) {
    if (scale < 0 || scale > 10_000) {
      throw new Damage("has a decimal column of an impossible scale");
    }
    if (!whole) {
      return Optional.of(
          (OfBytes)
              (in, from, length) ->
                  length == 0
                      ? ""
                      : new BigDecimal(new BigInteger(in, from, length), scale).toPlainString());
    }
    return scale > LONG_DIGITS
        ? Optional.empty()
        : Optional.of((OfLong) (value, out, at) -> decimal(value, scale, out, at));
  }

  private static int decimal(long value, int scale, byte[] out, int at) {
    return value == Long.MIN_VALUE
        ? ascii(BigDecimal.valueOf(value, scale).toPlainString(), out, at)
        : IsoText.decimal(out, at, value, scale);
  }

  private static OfLong timestamp(LogicalType type) {
    return (value, out, at) -> {
      long second = Math.floorDiv(value, type.unit().second());
      long nanos =
          Math.floorMod(value, type.unit().second()) * (1_000_000_000L / type.unit().second());
      int end = moment(second, nanos, out, at);
      if (type.zone() == Zone.UTC) {
        out[end++] = 'Z';
      }
      return end;
    };
  }

  /** {@code yyyy-MM-ddTHH:mm:ss} of a second since 1970-01-01T00:00:00, and a fraction. */
  private static int moment(long second, long nanos, byte[] out, int at) {
    int end = IsoText.date(out, at, Math.floorDiv(second, SECONDS_A_DAY));
    out[end] = 'T';
    return clock(Math.floorMod(second, SECONDS_A_DAY), nanos, out, end + 1);
  }

  /** With as many digits as are needed: none, six or nine. */
  private static int fraction(long nanos, byte[] out, int at) {
    if (nanos == 0) {
      return at;
    }
    boolean micros = nanos % 1_000 == 0;
    long digits = micros ? nanos / 1_000 : nanos;
    int width = micros ? 6 : 9;
    out[at] = '.';
    for (int i = width; i > 0; i--) {
      out[at + i] = (byte) ('0' + digits % 10);
      digits /= 10;
    }
    return at + 1 + width;
  }

  /** {@code HH:mm:ss} of a time of the day, and a fraction. */
  private static int time(long value, Unit unit, byte[] out, int at) {
    long second = value / unit.second();
    if (value < 0 || second > SECONDS_A_DAY) {
      throw new Damage("has a time outside of a day");
    }
    long nanos = value % unit.second() * (1_000_000_000L / unit.second());
    return clock(second, nanos, out, at);
  }

  private static int clock(long second, long nanos, byte[] out, int at) {
    int p = two(second / 3_600, out, at);
    out[p++] = ':';
    p = two(second / 60 % 60, out, p);
    out[p++] = ':';
    return fraction(nanos, out, two(second % 60, out, p));
  }

  private static int two(long value, byte[] out, int at) {
    out[at] = (byte) ('0' + value / 10);
    out[at + 1] = (byte) ('0' + value % 10);
    return at + 2;
  }

  /** Nanoseconds of the day and its Julian number, the lowest byte first. */
  private static String int96(byte[] in, int from, int length) {
    long nanos = 0;
    for (int i = 7; i >= 0; i--) {
      nanos = nanos << 8 | (in[from + i] & 0xFF);
    }
    long day = GzipHeader.int32(in, from + 8) - 2_440_588L;
    byte[] out = new byte[2 * IsoText.MAX_LENGTH];
    long second = Math.addExact(day * SECONDS_A_DAY, Math.floorDiv(nanos, 1_000_000_000L));
    int end = moment(second, Math.floorMod(nanos, 1_000_000_000L), out, 0);
    return new String(out, 0, end, StandardCharsets.US_ASCII);
  }

  private static String uuid(byte[] in, int from, int length) {
    long high = 0;
    long low = 0;
    for (int i = 0; i < 8; i++) {
      high = high << 8 | (in[from + i] & 0xFF);
      low = low << 8 | (in[from + 8 + i] & 0xFF);
    }
    return new java.util.UUID(high, low).toString();
  }

  private static String float16(byte[] in, int from, int length) {
    int bits = (in[from] & 0xFF) | (in[from + 1] & 0xFF) << 8;
    int exponent = bits >>> 10 & 31;
    int fraction = bits & 0x3FF;
    float size =
        exponent == 0
            ? fraction * 0x1p-24f
            : Float.intBitsToFloat((exponent == 31 ? 255 : exponent + 112) << 23 | fraction << 13);
    return plain(Float.toString((bits & 0x8000) == 0 ? size : -size));
  }
}
