package org.consentry.data;

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

  private static long dateAt(byte[] b, int s) {
    int century = two(b, s);
    int rest = two(b, s + 2);
    int month = two(b, s + 5);
    int day = two(b, s + 8);
    if (century < 10 || rest < 0 || b[s + 4] != '-' || b[s + 7] != '-') {
      return INVALID;
    }
    int year = century * 100 + rest;
    if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) {
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
    long y = month <= 2 ? year - 1L : year;
    long era = Math.floorDiv(y, 400);
    long yearOfEra = y - era * 400;
    long dayOfYear = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097 + dayOfEra - 719_468;
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
