package org.consentry.data;

import java.time.LocalDate;

/**
 * Days on which something happened or is planned: by default of 1901 to the tenth year after the
 * reference date's; a mapping may name others. Source systems write earlier and later dates for
 * days that are not known or have no end, the same for all patients. A recipient who knows what
 * {@code 9999-12-31} means can compute a subject's shift from a shifted one, and the true other
 * date from an interval.
 *
 * @param first day since 1970-01-01
 * @param last day since 1970-01-01, not before the first
 */
public record PlausibleDays(long first, long last) {

  /** Systems write 1900-01-01 and earlier for a day that is not known. */
  private static final LocalDate FIRST = LocalDate.of(1901, 1, 1);

  private static final int YEARS_AHEAD = 10;

  public PlausibleDays {
    if (last < first) {
      throw new IllegalArgumentException("the last day must not be before the first");
    }
  }

  /** The days of a mapping that names no others, for a run with that reference date. */
  public static PlausibleDays usual(LocalDate referenceDate) {
    LocalDate last = LocalDate.of(referenceDate.getYear() + YEARS_AHEAD, 12, 31);
    return new PlausibleDays(FIRST.toEpochDay(), last.toEpochDay());
  }

  /** Whether the day since 1970-01-01 is one of them. */
  public boolean includes(long day) {
    return first <= day && day <= last;
  }

  /** The bounds as what is expected of a date ends: {@code " from 1901 to 2036"}. */
  public String words() {
    LocalDate from = LocalDate.ofEpochDay(first);
    LocalDate to = LocalDate.ofEpochDay(last);
    boolean areYears = from.getDayOfYear() == 1 && to.plusDays(1).getDayOfYear() == 1;
    return areYears
        ? " from " + from.getYear() + " to " + to.getYear()
        : " from " + from + " to " + to;
  }
}
