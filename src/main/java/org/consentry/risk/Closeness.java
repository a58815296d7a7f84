package org.consentry.risk;

import java.util.Arrays;

/**
 * How far the sensitive values of a group are from those of all subjects: the earth mover's
 * distance of t-closeness (Li, Li and Venkatasubramanian, 2007), from 0 to 1. Counts are those of
 * the different values, in the same order for group and all.
 */
public final class Closeness {

  private Closeness() {}

  /** All values are equally far from each other. */
  public static double equal(long[] group, long[] all) {
    double[] extra = extra(group, all);
    return Arrays.stream(extra).map(Math::abs).sum() / 2;
  }

  /** The values are in their order, neighbours equally far from each other. */
  public static double ordered(long[] group, long[] all) {
    double[] extra = extra(group, all);
    double moved = 0;
    double distance = 0;
    for (int i = 0; i < extra.length - 1; i++) {
      moved += extra[i];
      distance += Math.abs(moved);
    }
    return extra.length < 2 ? 0 : distance / (extra.length - 1);
  }

  /** Two values are as far from each other as the level is high at which they become one. */
  public static double hierarchical(long[] group, long[] all, Hierarchy hierarchy) {
    double[] below = extra(group, all);
    double distance = 0;
    for (int level = 1; level <= hierarchy.height(); level++) {
      double[] extra = new double[hierarchy.size(level)];
      double[] surplus = new double[extra.length];
      for (int node = 0; node < below.length; node++) {
        int parent = hierarchy.parent(level - 1, node);
        extra[parent] += below[node];
        surplus[parent] += Math.max(0, below[node]);
      }
      for (int node = 0; node < extra.length; node++) {
        double shortage = surplus[node] - extra[node];
        distance += level * Math.min(surplus[node], shortage);
      }
      below = extra;
    }
    return hierarchy.height() == 0 ? 0 : distance / hierarchy.height();
  }

  private static double[] extra(long[] group, long[] all) {
    if (group.length != all.length) {
      throw new IllegalArgumentException("group and all have the same values");
    }
    double ofGroup = Arrays.stream(group).sum();
    double ofAll = Arrays.stream(all).sum();
    double[] extra = new double[all.length];
    for (int i = 0; i < all.length; i++) {
      extra[i] = group[i] / ofGroup - all[i] / ofAll;
    }
    return extra;
  }
}
