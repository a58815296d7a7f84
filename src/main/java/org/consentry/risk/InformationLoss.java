package org.consentry.risk;

import java.util.Arrays;

/**
 * How much generalization takes from the data. Lower is better. All but {@link #DISCERNIBILITY} and
 * {@link #GROUP_SIZE} depend on the levels alone.
 */
public enum InformationLoss {
  /** Iyengar's loss metric (2002): the mean over cells of (leaves - 1)/(values - 1), 0 to 1. */
  LOSS_METRIC {
    @Override
    double of(IdentityTable table, int[] levels, long[] sizes, long k) {
      double sum = 0;
      for (int column = 0; column < table.width(); column++) {
        Hierarchy hierarchy = table.hierarchy(column);
        long[] counts = table.valueCounts(column);
        for (int value = 0; value < counts.length; value++) {
          int node = hierarchy.node(levels[column], value);
          double leaves = hierarchy.leaves(levels[column], node) - 1.0;
          sum += counts.length == 1 ? 0 : counts[value] * leaves / (counts.length - 1);
        }
      }
      return sum / table.subjects() / table.width();
    }
  },

  /** The mean of level by height, 0 to 1: what Sweeney's precision (2002) lacks of one. */
  HEIGHT {
    @Override
    double of(IdentityTable table, int[] levels, long[] sizes, long k) {
      double sum = 0;
      for (int column = 0; column < table.width(); column++) {
        int height = table.hierarchy(column).height();
        sum += height == 0 ? 0 : (double) levels[column] / height;
      }
      return sum / table.width();
    }
  },

  /** Non-uniform entropy, in bits over all cells: how surprising the value is given its node. */
  ENTROPY {
    @Override
    double of(IdentityTable table, int[] levels, long[] sizes, long k) {
      double bits = 0;
      for (int column = 0; column < table.width(); column++) {
        Hierarchy hierarchy = table.hierarchy(column);
        long[] counts = table.valueCounts(column);
        long[] ofNode = new long[hierarchy.size(levels[column])];
        for (int value = 0; value < counts.length; value++) {
          ofNode[hierarchy.node(levels[column], value)] += counts[value];
        }
        for (int value = 0; value < counts.length; value++) {
          if (counts[value] > 0) {
            double ofAll = ofNode[hierarchy.node(levels[column], value)];
            bits += counts[value] * Math.log(ofAll / counts[value]);
          }
        }
      }
      return bits / Math.log(2);
    }
  },

  /**
   * Discernibility (Bayardo and Agrawal, 2005): squares of groups; a suppressed subject costs n.
   */
  DISCERNIBILITY {
    @Override
    double of(IdentityTable table, int[] levels, long[] sizes, long k) {
      double n = table.subjects();
      return Arrays.stream(sizes)
          .mapToDouble(size -> size < k ? size * n : (double) size * size)
          .sum();
    }
  },

  /** The average size of the groups that stay. */
  GROUP_SIZE {
    @Override
    double of(IdentityTable table, int[] levels, long[] sizes, long k) {
      return Arrays.stream(sizes).filter(size -> size >= k).average().orElse(table.subjects());
    }
  };

  /**
   * The loss.
   *
   * @param sizes of all groups at these levels
   * @param k subjects of smaller groups are suppressed
   */
  abstract double of(IdentityTable table, int[] levels, long[] sizes, long k);
}
