package org.consentry.connector;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.consentry.data.PowersOfTen;

/**
 * Writes numbers, dates and timestamps as ASCII straight into a byte array, without an object a
 * value. Each method writes from {@code at} on and returns the position after its last byte; the
 * caller sees to it that {@link #MAX_LENGTH} bytes are free.
 */
public final class IsoText {

  /** The longest text any method writes. */
  public static final int MAX_LENGTH = 40;

  private static final long MICROS_A_DAY = 86_400_000_000L;

  /** First day of year 0 and the day after year 9999: the years ISO 8601 writes in four digits. */
  private static final long YEAR_0 = -719_528L;

  private static final long YEAR_10000 = 2_932_897L;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long EIGHT_DIGITS = 100_000_000;
  private static final long ZEROS = 0x0101_0101_0101_0101L * '0';

  private static final byte[] TENS = new byte[100];
  private static final byte[] ONES = new byte[100];

  static {
    for (int i = 0; i < 100; i++) {
      TENS[i] = (byte) ('0' + i / 10);
      ONES[i] = (byte) ('0' + i % 10);
    }
  }

  private IsoText() {}

  /** A number in decimal digits, with a minus sign if negative. */
  public static int number(byte[] out, int at, long value) {
    int p = at;
    if (value < 0) {
      out[p++] = '-';
      if (value == Long.MIN_VALUE) {
        return ascii(out, at, "-9223372036854775808");
      }
    }
    return digits(out, p, Math.abs(value));
  }

  private static int digits(byte[] out, int at, long value) {
    if (value >= EIGHT_DIGITS) {
      long high = value / EIGHT_DIGITS;
      int next = digits(out, at, high);
      LONGS.set(out, next, eight(value - high * EIGHT_DIGITS) | ZEROS);
      return next + 8;
    }
    long digits = eight(value);
    int zeros = Math.min(7, Long.numberOfTrailingZeros(digits) >>> 3);
    LONGS.set(out, at, (digits | ZEROS) >>> (8 * zeros));
    return at + 8 - zeros;
  }

  /**
   * The eight decimal digits of a number below {@link #EIGHT_DIGITS}, one a byte, the first in the
   * lowest. Halves, quarters and eighths of the word are divided side by side, by multiplying.
   */
  private static long eight(long value) {
    long thousands = value / 10_000;
    long fours = thousands | (value - thousands * 10_000) << 32;
    long hundreds = ((fours * 10_486) >>> 20) & 0x0000_007F_0000_007FL;
    long twos = hundreds | (fours - hundreds * 100) << 16;
    long tens = ((twos * 103) >>> 10) & 0x000F_000F_000F_000FL;
    return tens | (twos - tens * 10) << 8;
  }

  /** An unscaled decimal with exactly {@code scale} digits after the point; none for scale 0. */
  public static int decimal(byte[] out, int at, long unscaled, int scale) {
    if (scale == 0) {
      return number(out, at, unscaled);
    }
    int p = at;
    if (unscaled < 0) {
      out[p++] = '-';
    }
    long power = PowersOfTen.of(scale);
    long whole = Math.abs(unscaled) / power;
    p = digits(out, p, whole);
    out[p++] = '.';
    return padded(out, p, Math.abs(unscaled) - whole * power, scale);
  }

  private static int padded(byte[] out, int at, long value, int width) {
    if (width > 8) {
      long high = value / EIGHT_DIGITS;
      int next = padded(out, at, high, width - 8);
      return padded(out, next, value - high * EIGHT_DIGITS, 8);
    }
    LONGS.set(out, at, (eight(value) | ZEROS) >>> (8 * (8 - width)));
    return at + width;
  }

  /**
   * {@code yyyy-MM-dd} of a day since 1970-01-01; years outside 0 to 9999 as in {@link LocalDate}.
   */
  public static int date(byte[] out, int at, long day) {
    if (day < YEAR_0 || day >= YEAR_10000) {
      return ascii(out, at, LocalDate.ofEpochDay(day).toString());
    }
    // Days are counted from 0000-03-01 of a shifted era so that the leap day comes last.
    int z = (int) day + 719_468 + 146_097;
    int era = z / 146_097;
    int dayOfEra = z - era * 146_097;
    int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int monthFromMarch = (5 * dayOfYear + 2) / 153;
    int dayOfMonth = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
    int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
    int year = yearOfEra + (era - 1) * 400 + (month <= 2 ? 1 : 0);
    int century = year / 100;
    two(out, at, century);
    two(out, at + 2, year - century * 100);
    out[at + 4] = '-';
    two(out, at + 5, month);
    out[at + 7] = '-';
    two(out, at + 8, dayOfMonth);
    return at + 10;
  }

  /**
   * {@code yyyy-MM-ddTHH:mm:ss} of microseconds since 1970-01-01T00:00:00, followed by a point and
   * six digits when the second is not whole.
   */
  public static int timestamp(byte[] out, int at, long micros) {
    long day = Math.floorDiv(micros, MICROS_A_DAY);
    long inDay = micros - day * MICROS_A_DAY;
    int p = date(out, at, day);
    int seconds = (int) (inDay / 1_000_000);
    int fraction = (int) (inDay - seconds * 1_000_000L);
    int minutes = seconds / 60;
    int hours = minutes / 60;
    out[p] = 'T';
    two(out, p + 1, hours);
    out[p + 3] = ':';
    two(out, p + 4, minutes - hours * 60);
    out[p + 6] = ':';
    two(out, p + 7, seconds - minutes * 60);
    p += 9;
    if (fraction == 0) {
      return p;
    }
    out[p++] = '.';
    return padded(out, p, fraction, 6);
  }

  private static void two(byte[] out, int at, int value) {
    out[at] = TENS[value];
    out[at + 1] = ONES[value];
  }

  private static int ascii(byte[] out, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, out, at, bytes.length);
    return at + bytes.length;
  }
}
