package org.consentry.benchmark;

import java.util.List;
import java.util.Locale;

/**
 * The middle one of some figures, with the extremes.
 *
 * @param median the middle one, or the mean of the middle two
 * @param least the least
 * @param most the most
 */
record Spread(double median, double least, double most) {

  static Spread of(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(median, sorted[0], sorted[sorted.length - 1]);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.2f (%.2f to %.2f)", median, least, most);
  }
}
