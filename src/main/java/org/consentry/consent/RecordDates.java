package org.consentry.consent;

/**
 * The dates of one record, as far as they are known.
 *
 * @param knowledge what is known
 * @param first the earliest date the record may have, days since 1970-01-01
 * @param last the latest date it may have; before the first when it has none
 */
public record RecordDates(Knowledge knowledge, long first, long last) {

  /** What is known of a record's dates. */
  public enum Knowledge {
    /** Every listed date is known. */
    ALL_KNOWN,
    /** A listed date is missing or cannot be read, or the table lists none. */
    SOME_UNKNOWN,
    /** The mapping declares the table timeless: one row a person, no event. */
    TIMELESS
  }

  public RecordDates {
    if (knowledge == Knowledge.ALL_KNOWN && last < first) {
      throw new IllegalArgumentException("the last date must not be before the first");
    }
  }

  /** Dates from the first to the last. */
  public static RecordDates known(long first, long last) {
    return new RecordDates(Knowledge.ALL_KNOWN, first, last);
  }

  /** At least one date is not known. */
  public static RecordDates unknown() {
    return new RecordDates(Knowledge.SOME_UNKNOWN, LineScope.EVER, LineScope.FOREVER);
  }

  /** A row without an event. */
  public static RecordDates timeless() {
    return new RecordDates(Knowledge.TIMELESS, LineScope.FOREVER, LineScope.EVER);
  }
}
