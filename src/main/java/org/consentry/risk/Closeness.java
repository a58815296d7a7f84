package org.consentry.risk;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.consentry.risk.SensitiveColumn.Measure;

/**
 * How far the sensitive values of a group are from those of all subjects: the earth mover's
 * distance of t-closeness (Li, Li and Venkatasubramanian, 2007), from 0 to 1. Counts are those of
 * the different values, in the same order for group and all.
 */
public final class Closeness {

  private Closeness() {}

  /** All values are equally far from each other. */
  public static double equal(long[] group, long[] all) {
    return of(group, all, equalTo(all));
  }

  /** The values are in their order, neighbours equally far from each other. */
  public static double ordered(long[] group, long[] all) {
    return of(group, all, orderedFrom(all));
  }

  /** Two values are as far from each other as the level is high at which they become one. */
  public static double hierarchical(long[] group, long[] all, Hierarchy hierarchy) {
    return of(group, all, hierarchicalFrom(all, hierarchy));
  }

  private static double of(long[] group, long[] all, Measure measure) {
    if (group.length != all.length) {
      throw new IllegalArgumentException("group and all have the same values");
    }
    int[] places = IntStream.range(0, group.length).filter(place -> group[place] > 0).toArray();
    return measure.of(places, Arrays.stream(places).mapToLong(place -> group[place]).toArray());
  }

  /** As {@link #equal}, of many groups. */
  static Measure equalTo(long[] all) {
    double ofAll = Arrays.stream(all).sum();
    return (places, counts) -> {
      double ofGroup = Arrays.stream(counts).sum();
      double distance = 0;
      for (int i = 0; i < places.length; i++) {
        distance += Math.max(0, counts[i] / ofGroup - all[places[i]] / ofAll);
      }
      return distance;
    };
  }

  /** As {@link #ordered}, of many groups. */
  static Measure orderedFrom(long[] all) {
    Order order = new Order(all);
    return order::distance;
  }

  /** As {@link #hierarchical}, of many groups. */
  static Measure hierarchicalFrom(long[] all, Hierarchy hierarchy) {
    long[][] ofAll = new long[hierarchy.height() + 1][];
    ofAll[0] = all;
    for (int level = 1; level <= hierarchy.height(); level++) {
      ofAll[level] = new long[hierarchy.size(level)];
      for (int node = 0; node < ofAll[level - 1].length; node++) {
        ofAll[level][hierarchy.parent(level - 1, node)] += ofAll[level - 1][node];
      }
    }
    double sum = Arrays.stream(all).sum();
    return (places, counts) -> {
      double ofGroup = Arrays.stream(counts).sum();
      Map<Integer, Long> nodes = new TreeMap<>();
      for (int i = 0; i < places.length; i++) {
        nodes.put(places[i], counts[i]);
      }
      double distance = 0;
      for (int level = 1; level <= hierarchy.height(); level++) {
        Map<Integer, Long> above = new TreeMap<>();
        Map<Integer, Double> surplus = new TreeMap<>();
        for (Map.Entry<Integer, Long> node : nodes.entrySet()) {
          int parent = hierarchy.parent(level - 1, node.getKey());
          double extra = node.getValue() / ofGroup - ofAll[level - 1][node.getKey()] / sum;
          above.merge(parent, node.getValue(), Long::sum);
          surplus.merge(parent, Math.max(0, extra), Double::sum);
        }
        for (Map.Entry<Integer, Long> node : above.entrySet()) {
          double extra = node.getValue() / ofGroup - ofAll[level][node.getKey()] / sum;
          double more = surplus.getOrDefault(node.getKey(), 0.0);
          distance += level * Math.max(0, Math.min(more, more - extra));
        }
        nodes = above;
      }
      return hierarchy.height() == 0 ? 0 : distance / hierarchy.height();
    };
  }

  /** Values in their order, by how many subjects have a value up to each of them. */
  private static final class Order {
    private final int last;

    /** The share of subjects with this value or an earlier one, by value. */
    private final double[] upTo;

    /** The sum of the shares before each value. */
    private final double[] sums;

    Order(long[] all) {
      last = all.length - 1;
      upTo = new double[all.length];
      sums = new double[all.length + 1];
      double subjects = Arrays.stream(all).sum();
      long found = 0;
      for (int value = 0; value < all.length; value++) {
        found += all[value];
        upTo[value] = found / subjects;
        sums[value + 1] = sums[value] + upTo[value];
      }
    }

    double distance(int[] places, long[] counts) {
      double ofGroup = Arrays.stream(counts).sum();
      double distance = 0;
      long found = 0;
      int from = 0;
      for (int i = 0; i < places.length; i++) {
        distance += between(found / ofGroup, from, places[i]);
        found += counts[i];
        from = places[i];
      }
      return last < 1 ? 0 : (distance + between(found / ofGroup, from, last)) / last;
    }

    /** What is moved past values among which the group has no other: shares only grow. */
    private double between(double share, int from, int to) {
      int place = Arrays.binarySearch(upTo, from, to, share);
      int first = place < 0 ? -place - 1 : place;
      double less = (first - from) * share - (sums[first] - sums[from]);
      double more = (sums[to] - sums[first]) - (to - first) * share;
      return Math.max(0, less + more);
    }
  }
}
