package org.consentry.operator;

import org.consentry.data.ClinicDates;
import org.consentry.data.IsoDates;
import org.consentry.data.WrittenDates;
import org.consentry.operator.text.DateReader;

/** The year of an event as the operators read it. */
public final class EventYear {

  /** The year of a value that is no date. */
  public static final long INVALID = IsoDates.INVALID;

  private EventYear() {}

  /** The year of a date, of {@code yyyy-MM} or of {@code yyyy}; or {@link #INVALID}. */
  public static long of(ClinicDates dates, byte[] b, int start, int end) {
    return Years.of(new DateReader(dates, WrittenDates.ISO.pattern()), b, start, end);
  }
}
