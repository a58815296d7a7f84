package org.consentry.consent;

/**
 * Days from the first to the last, both included, as days since 1970-01-01.
 *
 * @param first the first day, or {@link #EVER}
 * @param last the last day, or {@link #FOREVER}
 */
public record DaySpan(int first, int last) {

  /** Before every day: the span has no first day. */
  public static final int EVER = LineScope.EVER;

  /** After every day: the span has no last day. */
  public static final int FOREVER = LineScope.FOREVER;

  /** Every day, and records of unknown date. */
  public static final DaySpan ALWAYS = new DaySpan(EVER, FOREVER);

  public DaySpan {
    if (last < first) {
      throw new IllegalArgumentException("the last day must not be before the first");
    }
  }

  /** Whether every day of the other is in this one. */
  public boolean contains(DaySpan other) {
    return first <= other.first && other.last <= last;
  }

  /** Whether the two share a day. */
  public boolean meets(DaySpan other) {
    return first <= other.last && other.first <= last;
  }

  /** The days the two share, which must {@link #meets meet}. */
  public DaySpan within(DaySpan other) {
    return new DaySpan(Math.max(first, other.first), Math.min(last, other.last));
  }
}
