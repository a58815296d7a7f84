package org.consentry.risk;

import java.util.Arrays;

/**
 * How many sensitive values are well represented in a group: l-diversity (Machanavajjhala et al.,
 * 2006). Counts are those of the different sensitive values among the subjects of one group; zeros
 * do not matter.
 */
public final class Diversity {

  private Diversity() {}

  /** The number of different values: distinct l-diversity. */
  public static int distinct(long[] counts) {
    return (int) Arrays.stream(counts).filter(count -> count > 0).count();
  }

  /**
   * The exponential of the entropy, exp(H): a group is entropy l-diverse when this is at least l.
   * From 1 to the number of different values; 0 for a group without subjects.
   */
  public static double entropy(long[] counts) {
    long all = Arrays.stream(counts).sum();
    if (all == 0) {
      return 0;
    }
    double entropy = 0;
    for (long count : counts) {
      if (count > 0) {
        double share = (double) count / all;
        entropy -= share * Math.log(share);
      }
    }
    return Math.exp(entropy);
  }

  /**
   * Whether a group is recursively (c, l)-diverse: the most frequent value is rarer than c times
   * all values from the l-th most frequent on.
   *
   * @param l at least 1
   */
  public static boolean isRecursive(long[] counts, double c, int l) {
    return ratio(counts, l) < c;
  }

  /**
   * The most frequent value divided by all values from the l-th most frequent on; infinite when
   * there are none of these.
   */
  static double ratio(long[] counts, int l) {
    long[] ascending = counts.clone();
    Arrays.sort(ascending);
    int most = ascending.length - 1;
    long rest = 0;
    for (int rank = l; rank <= ascending.length; rank++) {
      rest += ascending[most - (rank - 1)];
    }
    return rest == 0 ? Double.POSITIVE_INFINITY : (double) ascending[most] / rest;
  }
}
