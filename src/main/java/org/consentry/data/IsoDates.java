package org.consentry.data;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads ISO 8601 dates from bytes without making objects; {@link Blanks} at the ends are passed
 * over. Accepts {@code yyyy-MM-dd}, years 1000 to 9999, and, where a date is asked of a timestamp,
 * anything after a {@code T} or a space that {@link #timestamp} accepts. Days are proleptic
 * Gregorian, as in {@link java.time.LocalDate}.
 */
public final class IsoDates {

  /** The bytes are not such a date. */
  public static final long INVALID = Long.MIN_VALUE + 1;

  private static final long MICROS_A_DAY = 86_400_000_000L;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long HIGH = 0x8080_8080_8080_8080L;

  /** {@code 0000-00-}. */
  private static final long YEAR_AND_MONTH = 0x2D30_302D_3030_3030L;

  /** Sets the high bit of a digit over 9 and of a dash that is none. */
  private static final long ABOVE = 0x7F76_767F_7676_7676L;

  private IsoDates() {}

  /** Days since 1970-01-01 of a date or of the date part of a timestamp, or {@link #INVALID}. */
  public static long day(byte[] b, int start, int end) {
    if (end - start == 10 && !Blanks.mayTrim(b, start, end)) {
      return dateAt(b, start);
    }
    long micros = timestamp(b, start, end);
    return micros == INVALID ? INVALID : Math.floorDiv(micros, MICROS_A_DAY);
  }

  /**
   * Microseconds since 1970-01-01T00:00:00 of {@code yyyy-MM-dd[T ]HH:mm[:ss[.f]]}, or of a bare
   * date (midnight), or {@link #INVALID}. A zone is invalid here; {@link ClinicDates} reads one.
   */
  public static long timestamp(byte[] b, int start, int end) {
    return Blanks.mayTrim(b, start, end)
        ? trimmed(b, Blanks.start(b, start, end), Blanks.end(b, start, end))
        : trimmed(b, start, end);
  }

  private static long trimmed(byte[] b, int start, int end) {
    if (end - start < 10) {
      return INVALID;
    }
    long day = dateAt(b, start);
    if (day == INVALID || end - start == 10) {
      return day == INVALID ? INVALID : day * MICROS_A_DAY;
    }
    byte separator = b[start + 10];
    if ((separator != 'T' && separator != ' ') || end - start < 16 || b[start + 13] != ':') {
      return INVALID;
    }
    int hour = two(b, start + 11);
    int minute = two(b, start + 14);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59) {
      return INVALID;
    }
    long seconds = secondsAndFraction(b, start + 16, end);
    if (seconds == INVALID) {
      return INVALID;
    }
    return day * MICROS_A_DAY + (hour * 60L + minute) * 60_000_000L + seconds;
  }

  private static long secondsAndFraction(byte[] b, int at, int last) {
    if (at == last) {
      return 0;
    }
    if (last - at < 3 || b[at] != ':') {
      return INVALID;
    }
    int second = two(b, at + 1);
    if (second < 0 || second > 59) {
      return INVALID;
    }
    long micros = second * 1_000_000L;
    int i = at + 3;
    if (i == last) {
      return micros;
    }
    if (b[i] != '.' || i + 1 == last || last - i > 10) {
      return INVALID;
    }
    long unit = 100_000;
    for (i++; i < last; i++, unit /= 10) {
      int digit = b[i] - '0';
      if (digit < 0 || digit > 9) {
        return INVALID;
      }
      micros += digit * unit;
    }
    return micros;
  }

  /**
   * Looks at {@code yyyy-MM-} at once: a digit less its zero is at most 9, a dash less itself 0.
   */
  private static long dateAt(byte[] b, int s) {
    long w = (long) LONGS.get(b, s) ^ YEAR_AND_MONTH;
    int day = two(b, s + 8);
    if (((w | (w + ABOVE)) & HIGH) != 0 || day < 1) {
      return INVALID;
    }
    long pairs = w * 10 + (w >>> 8);
    int year = (int) (pairs & 0xFF) * 100 + (int) (pairs >>> 16 & 0xFF);
    int month = (int) (pairs >>> 40 & 0xFF);
    if (year < 1000 || month < 1 || month > 12 || (day > 28 && day > daysIn(year, month))) {
      return INVALID;
    }
    return epochDay(year, month, day);
  }

  private static int two(byte[] b, int at) {
    int tens = b[at] - '0';
    int ones = b[at + 1] - '0';
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
  }

  private static int daysIn(int year, int month) {
    if (month == 2) {
      boolean leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
      return leap ? 29 : 28;
    }
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
  }

  /** Days since 1970-01-01 of a valid proleptic Gregorian date. */
  public static long epochDay(int year, int month, int day) {
    int y = month <= 2 ? year - 1 : year;
    int leapDays = Math.floorDiv(y, 4) - Math.floorDiv(y, 100) + Math.floorDiv(y, 400);
    int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return 365L * y + leapDays + dayOfYear - 719_468;
  }

  /** The year of a day since 1970-01-01. */
  public static int year(long epochDay) {
    long z = epochDay + 719_468;
    long era = Math.floorDiv(z, 146_097);
    long dayOfEra = z - era * 146_097;
    long yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    long monthFromMarch = (5 * dayOfYear + 2) / 153;
    return (int) (yearOfEra + era * 400 + (monthFromMarch >= 10 ? 1 : 0));
  }
}
