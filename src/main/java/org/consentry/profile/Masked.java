package org.consentry.profile;

import org.consentry.data.SmallCounts;

/**
 * How counts are shown to people. No count from 1 to 10 is shown, and none can be computed from
 * what is: a share of which so few are left out is masked as well.
 */
public final class Masked {

  private static final String NEARLY_ALL = "all but " + SmallCounts.FEW;

  private Masked() {}

  /** A count; 0 is shown. */
  public static String count(long count) {
    return SmallCounts.isFew(count) ? SmallCounts.FEW : Long.toString(count);
  }

  /** A share in whole percent. */
  public static String share(long part, long whole) {
    if (part == 0) {
      return "0 %";
    }
    if (part == whole) {
      return "100 %";
    }
    if (SmallCounts.isFew(part)) {
      return SmallCounts.FEW;
    }
    if (SmallCounts.isFew(whole - part)) {
      return NEARLY_ALL;
    }
    long percent = Math.round(100.0 * part / whole);
    return percent == 0 ? "<1 %" : percent == 100 ? ">99 %" : percent + " %";
  }

  /** How many different values there are; an estimate has two digits that count. */
  static String distinct(ColumnSummary.Distinct distinct, long values) {
    if (!distinct.isExact()) {
      return "about " + SmallCounts.twoDigits(distinct.count(), 1);
    }
    if (distinct.count() > 0 && distinct.count() == values) {
      return "unique";
    }
    return SmallCounts.isFew(values - distinct.count()) ? NEARLY_ALL : count(distinct.count());
  }
}
