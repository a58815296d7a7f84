package org.consentry.operator;

import org.consentry.data.BytesColumn;
import org.consentry.data.IsoDates;
import org.consentry.data.LongColumn;
import org.consentry.data.PlausibleDays;
import org.consentry.data.SubjectIndex;
import org.consentry.operator.text.DateReader;
import org.consentry.problem.Place;

/**
 * The span of a clinic's records in one column of dates, and how far dates are shifted. Shifted
 * dates are released only where every shift could have led to them ("shift and truncate", Hripcsak
 * 2016, doi 10.1093/jamia/ocw001): from {@code from + greatest} to {@code to - greatest}. The true
 * date of such a one is within the span whatever the shift. Immutable; safe for any number of
 * threads.
 */
public final class TruncatedSpan {

  private static final int DAYS_IN_WEEK = 7;

  private final int slot;
  private final long from;
  private final long to;
  private final int greatest;
  private final PlausibleDays days;
  private final DateReader format;
  private final Place place;

  /**
   * A span.
   *
   * @param slot of the subjects' shifts in {@link SubjectIndex#shifts()}
   * @param from first day since 1970-01-01
   * @param to last day
   * @param greatest the greatest shift in days; the span is longer than twice of it
   * @param days which dates are taken at all
   * @param format how they are written
   * @param place of the rule, for problems
   */
  TruncatedSpan(
      int slot,
      long from,
      long to,
      int greatest,
      PlausibleDays days,
      DateReader format,
      Place place) {
    this.slot = slot;
    this.from = from;
    this.to = to;
    this.greatest = greatest;
    this.days = days;
    this.format = format;
    this.place = place;
  }

  /** Of the rule that declares it, for problems. */
  public Place place() {
    return place;
  }

  /** Whether a shifted day may be released. */
  boolean releases(long shiftedDay) {
    return from + greatest <= shiftedDay && shiftedDay <= to - greatest;
  }

  /**
   * Whether the shifted date of a row may not be released. A missing date and one that {@code
   * dateShift} does not take are no such dates.
   */
  public boolean isPast(BytesColumn dates, int row, SubjectIndex index, int subject) {
    long day = day(dates, row);
    return day != LongColumn.MISSING && !releases(day + index.shifts().get(slot)[subject]);
  }

  /** Whether the true date of a row is in the first week of the span. */
  public boolean isInFirstWeek(BytesColumn dates, int row) {
    long day = day(dates, row);
    return from <= day && day < from + DAYS_IN_WEEK;
  }

  /** Whether it is in the last week. */
  public boolean isInLastWeek(BytesColumn dates, int row) {
    long day = day(dates, row);
    return to - DAYS_IN_WEEK < day && day <= to;
  }

  private long day(BytesColumn dates, int row) {
    if (dates.isMissing(row)) {
      return LongColumn.MISSING;
    }
    long day = format.day(dates.buffer(), dates.starts()[row], dates.ends()[row]);
    return day == IsoDates.INVALID || !days.includes(day) ? LongColumn.MISSING : day;
  }
}
