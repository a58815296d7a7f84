package org.consentry.operator.text;

import org.consentry.data.ClinicDates;

/**
 * Reads dates and times of a source, as the clinic's clock showed them. Years have four digits,
 * 1000 to 9999. Immutable; safe for any number of threads.
 *
 * @param dates reads them the ISO way, as every column is given
 * @param pattern how the source writes them, for messages
 */
public record DateReader(ClinicDates dates, String pattern) {

  /** The years that are read, as what is expected of a date ends. */
  public static final String YEARS = " from 1000 to 9999";

  public static final long MICROS_A_DAY = 86_400_000_000L;

  /** For constants of a mapping, which have no zone. */
  public static final DateReader ISO = new DateReader(ClinicDates.NO_ZONE, "yyyy-MM-dd");

  /** Microseconds since 1970-01-01T00:00:00, or {@link org.consentry.data.IsoDates#INVALID}. */
  public long micros(byte[] b, int start, int end) {
    return dates.timestamp(b, start, end);
  }

  /** Days since 1970-01-01, or {@link org.consentry.data.IsoDates#INVALID}. */
  public long day(byte[] b, int start, int end) {
    return dates.day(b, start, end);
  }

  /** What is expected of a date, in words that bounds follow: {@code "a date (yyyy-MM-dd)"}. */
  public String date() {
    return "a date (" + pattern + ")";
  }
}
