package org.consentry.consent;

import org.consentry.data.RecordCategory;

/**
 * Answers whether consent covers a record or a cell of a subject who is not excluded. Safe for any
 * number of threads.
 */
public interface RecordConsent {

  /**
   * Whether one single permit covers the record.
   *
   * @param when the record's dates
   * @return 0, or the {@link org.consentry.data.Exclusion#code()} that keeps the record out
   */
  byte record(int subject, RecordCategory category, When when);

  /**
   * The dates of one record, reused from row to row. Days since 1970-01-01.
   *
   * <p>A timeless record has no date and needs none; an unknown date is covered by an unbounded
   * window only.
   */
  final class When {
    private long first;
    private long last;
    private boolean unknown;
    private boolean timeless;

    /** Begins with another record. */
    public void reset(boolean isTimeless) {
      first = Long.MAX_VALUE;
      last = Long.MIN_VALUE;
      unknown = false;
      timeless = isTimeless;
    }

    /** Adds a known date. */
    public void add(long day) {
      first = Math.min(first, day);
      last = Math.max(last, day);
    }

    /** Adds a date that is not known. */
    public void addUnknown() {
      unknown = true;
    }

    /** The earliest known date; greater than {@link #last()} when none is known. */
    public long first() {
      return first;
    }

    /** The latest known date. */
    public long last() {
      return last;
    }

    /**
     * Whether at least one date is not known, or no date is listed for a record that has an event.
     */
    public boolean unknown() {
      return unknown;
    }

    /** Whether the record is one row per person, without an event. */
    public boolean timeless() {
      return timeless;
    }
  }
}
