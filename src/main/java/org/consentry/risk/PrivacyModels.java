package org.consentry.risk;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.consentry.risk.SensitiveColumn.Measure;
import org.consentry.risk.SensitiveColumn.Model;

/**
 * What may be required of the sensitive values of a group. Of diversity a missing value is none; of
 * closeness it is a value of its own, the least one of an order.
 */
public final class PrivacyModels {

  private PrivacyModels() {}

  /** At least l different values. */
  public static Model distinct(int l) {
    return atLeast(l, Diversity::distinct);
  }

  /** The exponential of the entropy is at least l. */
  public static Model entropy(double l) {
    return atLeast(l, Diversity::entropy);
  }

  /**
   * Recursive (c, l)-diversity. The measure is the most frequent value divided by all values from
   * the l-th most frequent on, infinite when there are none.
   */
  public static Model recursive(double c, int l) {
    return new AtMost() {
      @Override
      public Measure measure(int[] values, long[] all) {
        return ofGiven(values, counts -> Diversity.ratio(counts, l));
      }

      @Override
      public boolean isEnough(double measure) {
        return measure < c;
      }
    };
  }

  /** The distance from all is at most t, all values equally far from each other. */
  public static Model equalCloseness(double t) {
    return closeness(t, (values, all) -> Closeness.equalTo(all));
  }

  /** The distance from all is at most t, the values in their order. */
  public static Model orderedCloseness(double t) {
    return closeness(t, (values, all) -> Closeness.orderedFrom(all));
  }

  /**
   * The distance from all is at most t, the values in a hierarchy.
   *
   * @param labels by value, its coarser levels, of which the last is the same for all
   */
  public static Model hierarchicalCloseness(double t, List<List<String>> labels) {
    return closeness(
        t,
        (values, all) ->
            Closeness.hierarchicalFrom(
                all, Hierarchy.ofLabels(IntStream.of(values).mapToObj(labels::get).toList())));
  }

  /** The measure of the counts of values that are not missing. */
  private static Measure ofGiven(int[] values, ToDoubleFunction<long[]> measure) {
    // A missing value is the least one, and the first.
    return (places, counts) ->
        measure.applyAsDouble(
            places.length > 0 && values[places[0]] == SensitiveColumn.MISSING
                ? Arrays.copyOfRange(counts, 1, counts.length)
                : counts);
  }

  private static Model atLeast(double least, ToDoubleFunction<long[]> measure) {
    return new Model() {
      @Override
      public Measure measure(int[] values, long[] all) {
        return ofGiven(values, measure);
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

  private static Model closeness(double most, BiFunction<int[], long[], Measure> measure) {
    return new AtMost() {
      @Override
      public Measure measure(int[] values, long[] all) {
        return measure.apply(values, all);
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
