package org.consentry.data;

/**
 * The rule for counts of few people: fewer than {@value #FEWEST} may be recognised, so their number
 * is not shown, and nothing from which it follows (CMS cell size suppression policy).
 */
public final class SmallCounts {

  /** Fewer people than this are never counted for a recipient. */
  public static final int FEWEST = 11;

  /** What is shown in place of a count of fewer. */
  public static final String FEW = "<11";

  private static final long TEN = 10;

  private SmallCounts() {}

  /** Whether a count is from 1 to 10. */
  public static boolean isFew(long count) {
    return count > 0 && count < FEWEST;
  }

  /** A count as a recipient sees it: rounded, or {@value #FEW}, also where there are none. */
  public static String rounded(long count, long people) {
    return people < FEWEST ? FEW : Long.toString(nearestTen(count));
  }

  /**
   * A count of which two digits count.
   *
   * @param least what it is rounded to at least
   */
  public static long twoDigits(long count, long least) {
    long unit = least;
    while (count / unit >= 100) {
      unit *= TEN;
    }
    return (count + unit / 2) / unit * unit;
  }

  /** A count rounded to ten. */
  public static long nearestTen(long count) {
    return (count + TEN / 2) / TEN * TEN;
  }
}
