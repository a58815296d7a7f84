package org.consentry.operator.text;

import org.consentry.data.ClinicDates;

/** Reads dates and times of a source, as the clinic's clock showed them. */
public interface DateReader {

  /** Microseconds since 1970-01-01T00:00:00, or {@link org.consentry.data.IsoDates#INVALID}. */
  long micros(byte[] b, int start, int end);

  /** Days since 1970-01-01, or {@link org.consentry.data.IsoDates#INVALID}. */
  long day(byte[] b, int start, int end);

  /** The pattern, for messages. */
  String pattern();

  /** What is expected of a date, in words that bounds follow: {@code "a date (yyyy-MM-dd)"}. */
  default String date() {
    return "a date (" + pattern() + ")";
  }

  /** Reads a format; only {@link DateFormat#ISO} can have a zone. */
  static DateReader of(DateFormat format, ClinicDates dates) {
    return format == DateFormat.ISO ? new Iso(dates) : format;
  }

  /** ISO dates, with or without a zone. */
  record Iso(ClinicDates dates) implements DateReader {

    @Override
    public long micros(byte[] b, int start, int end) {
      return dates.timestamp(b, start, end);
    }

    @Override
    public long day(byte[] b, int start, int end) {
      return dates.day(b, start, end);
    }

    @Override
    public String pattern() {
      return DateFormat.ISO.pattern();
    }
  }
}
