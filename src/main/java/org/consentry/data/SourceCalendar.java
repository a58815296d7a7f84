package org.consentry.data;

import java.time.LocalDate;

/**
 * Which dates a source has, and whether they are those on which things happened.
 *
 * @param days days on which something may have happened
 * @param kind whether the days are true
 */
public record SourceCalendar(PlausibleDays days, Kind kind) {

  /** Whether the dates of a source are true. */
  public enum Kind {
    /** They are. */
    REAL,
    /**
     * They were moved before the source was written, each person's by another number of days: they
     * cannot be compared with the day of a signature or with today.
     */
    MOVED
  }

  /** True dates on the usual days, for a run with that reference date. */
  public static SourceCalendar usual(LocalDate referenceDate) {
    return new SourceCalendar(PlausibleDays.usual(referenceDate), Kind.REAL);
  }

  /** Whether dates were moved. */
  public boolean isMoved() {
    return kind == Kind.MOVED;
  }

  /**
   * What ages and buckets refer to: the reference date of the run, or the last day of a moved
   * calendar, in which the run has no day.
   */
  public LocalDate reference(LocalDate ofRun) {
    return isMoved() ? LocalDate.ofEpochDay(days.last()) : ofRun;
  }
}
