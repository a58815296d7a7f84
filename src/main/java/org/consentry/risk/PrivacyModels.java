package org.consentry.risk;

import java.util.List;
import java.util.stream.IntStream;
import org.consentry.risk.SensitiveColumn.Model;

/**
 * What may be required of the sensitive values of a group. Of diversity a missing value is none; of
 * closeness it is a value of its own, the least one of an order.
 */
public final class PrivacyModels {

  private PrivacyModels() {}

  /** At least l different values. */
  public static Model distinct(int l) {
    return atLeast(l, (values, group, all) -> Diversity.distinct(given(values, group)));
  }

  /** The exponential of the entropy is at least l. */
  public static Model entropy(double l) {
    return atLeast(l, (values, group, all) -> Diversity.entropy(given(values, group)));
  }

  /**
   * Recursive (c, l)-diversity. The measure is the most frequent value divided by all values from
   * the l-th most frequent on, infinite when there are none.
   */
  public static Model recursive(double c, int l) {
    return new AtMost() {
      @Override
      public double measure(int[] values, long[] group, long[] all) {
        return Diversity.ratio(given(values, group), l);
      }

      @Override
      public boolean isEnough(double measure) {
        return measure < c;
      }
    };
  }

  /** The distance from all is at most t, all values equally far from each other. */
  public static Model equalCloseness(double t) {
    return closeness(t, (values, group, all) -> Closeness.equal(group, all));
  }

  /** The distance from all is at most t, the values in their order. */
  public static Model orderedCloseness(double t) {
    return closeness(t, (values, group, all) -> Closeness.ordered(group, all));
  }

  /**
   * The distance from all is at most t, the values in a hierarchy.
   *
   * @param labels by value, its coarser levels, of which the last is the same for all
   */
  public static Model hierarchicalCloseness(double t, List<List<String>> labels) {
    return closeness(
        t,
        (values, group, all) ->
            Closeness.hierarchical(
                group,
                all,
                Hierarchy.ofLabels(IntStream.of(values).mapToObj(labels::get).toList())));
  }

  /** A measure of a group. */
  private interface Measure {
    double of(int[] values, long[] group, long[] all);
  }

  private static long[] given(int[] values, long[] group) {
    return IntStream.range(0, values.length)
        .filter(place -> values[place] != SensitiveColumn.MISSING)
        .mapToLong(place -> group[place])
        .toArray();
  }

  private static Model atLeast(double least, Measure measure) {
    return new Model() {
      @Override
      public double measure(int[] values, long[] group, long[] all) {
        return measure.of(values, group, all);
      }

      @Override
      public boolean isEnough(double found) {
        return found >= least - ROUNDING;
      }

      @Override
      public double worse(double one, double other) {
        return Math.min(one, other);
      }
    };
  }

  private static Model closeness(double most, Measure measure) {
    return new AtMost() {
      @Override
      public double measure(int[] values, long[] group, long[] all) {
        return measure.of(values, group, all);
      }

      @Override
      public boolean isEnough(double found) {
        return found <= most + ROUNDING;
      }
    };
  }

  /** Sums of fractions may be off by so much: four values of equal number have an entropy of 4. */
  private static final double ROUNDING = 1e-12;

  /** Larger is worse. */
  private abstract static class AtMost implements Model {
    @Override
    public double worse(double one, double other) {
      return Math.max(one, other);
    }
  }
}
