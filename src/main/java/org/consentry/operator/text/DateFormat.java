package org.consentry.operator.text;

import java.time.Month;
import java.time.Year;
import org.consentry.data.IsoDates;

/**
 * How dates and times are written in the source. Years have four digits, 1000 to 9999; a year of
 * two digits is invalid, because its century would be a guess. Times are the clinic's local time.
 */
public enum DateFormat implements DateReader {
  /** {@code yyyy-MM-dd}, with or without a time after {@code T} or a space. */
  ISO("yyyy-MM-dd") {
    @Override
    public long micros(byte[] b, int start, int end) {
      return IsoDates.timestamp(b, start, end);
    }

    @Override
    public long day(byte[] b, int start, int end) {
      return IsoDates.day(b, start, end);
    }
  },
  /** {@code M/d/yyyy} or {@code M-d-yyyy}, with or without {@code H:mm[:ss][ AM|PM]}. */
  US("M/d/yyyy") {
    @Override
    public long micros(byte[] b, int start, int end) {
      return DateScanner.of(b, start, end).monthFirst();
    }
  },
  /** {@code d.M.yyyy}, {@code d/M/yyyy} or {@code d-M-yyyy}, with or without a time. */
  DMY("d.M.yyyy") {
    @Override
    public long micros(byte[] b, int start, int end) {
      return DateScanner.of(b, start, end).dayFirst();
    }
  },
  /** {@code yyyyMMdd}, or {@code yyyyMMddHHmm} or {@code yyyyMMddHHmmss}. */
  COMPACT("yyyyMMdd") {
    @Override
    public long micros(byte[] b, int start, int end) {
      return DateScanner.of(b, start, end).compact();
    }
  };

  /** The years that are read, as what is expected of a date ends. */
  public static final String YEARS = " from 1000 to 9999";

  public static final long MICROS_A_DAY = 86_400_000_000L;

  private final String pattern;

  DateFormat(String pattern) {
    this.pattern = pattern;
  }

  @Override
  public String pattern() {
    return pattern;
  }

  @Override
  public long day(byte[] b, int start, int end) {
    long micros = micros(b, start, end);
    return micros == IsoDates.INVALID ? IsoDates.INVALID : Math.floorDiv(micros, MICROS_A_DAY);
  }

  /**
   * Microseconds of a date and a time of day, or {@link IsoDates#INVALID} for an impossible one.
   */
  static long micros(int year, int month, int day, long microsOfDay) {
    if (year < 1000 || year > 9999 || month < 1 || month > 12 || microsOfDay == IsoDates.INVALID) {
      return IsoDates.INVALID;
    }
    if (day < 1 || day > Month.of(month).length(Year.isLeap(year))) {
      return IsoDates.INVALID;
    }
    return IsoDates.epochDay(year, month, day) * MICROS_A_DAY + microsOfDay;
  }
}
