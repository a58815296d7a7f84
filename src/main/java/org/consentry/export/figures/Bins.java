package org.consentry.export.figures;

import java.util.ArrayList;
import java.util.List;
import org.consentry.release.ColumnFigures;
import org.consentry.release.ColumnFigures.Bar;

/**
 * Cuts numbers into bars. Steps are round numbers and all the same. Steps of too few people, or of
 * none, become one bar with those that follow. The first and the last bar have no outer end, so
 * that the least and the greatest number are not shown.
 */
final class Bins {

  private final Scale scale;
  private final long least;
  private final List<Long> lowers = new ArrayList<>();
  private final Cells counts = new Cells();
  private final Cells sums = new Cells();
  private final List<Bin> bins = new ArrayList<>();
  private long width;

  /**
   * A bar.
   *
   * @param first its first step
   * @param last its last step
   * @param cell its count
   */
  private record Bin(long first, long last, int cell) {}

  /**
   * Begins.
   *
   * @param least what one step of the axis is no shorter than
   */
  Bins(Scale scale, long least) {
    this.scale = scale;
    this.least = least;
  }

  /** Adds the rows from a number on; later calls have greater numbers. */
  void add(long lower, Cells from, int cell) {
    lowers.add(lower);
    counts.join(counts.open(), from, cell, 0);
  }

  /** Adds the bars to what is shown; all rows as values without a bar when there would be one. */
  void addTo(Shown shown) {
    cut();
    if (bins.size() < 2) {
      bins.clear();
      for (int i = 0; i < lowers.size(); i++) {
        shown.other(counts, i);
      }
      return;
    }
    for (int i = 0; i < bins.size(); i++) {
      Bin bin = bins.get(i);
      int steps = isOuter(i) ? usual() : steps(bin);
      shown.bar(label(i), steps, sums, bin.cell());
    }
  }

  /** An outer bar has no end; it is drawn as wide as the others are on average. */
  private int usual() {
    return (int)
        Math.round(
            bins.subList(1, bins.size() - 1).stream().mapToInt(Bins::steps).average().orElse(1));
  }

  private static int steps(Bin bin) {
    return (int) (bin.last() - bin.first() + 1);
  }

  private boolean isOuter(int bin) {
    return bin == 0 || bin == bins.size() - 1;
  }

  private String label(int i) {
    Bin bin = bins.get(i);
    if (i == 0) {
      return scale.before((bin.last() + 1) * width, width);
    }
    return i == bins.size() - 1
        ? scale.from(bin.first() * width, width)
        : scale.label(bin.first() * width, width, steps(bin));
  }

  private void cut() {
    int low = enough(0, 1);
    int high = enough(lowers.size() - 1, -1);
    if (low < 0 || low >= high) {
      return;
    }
    width = scale.width(lowers.get(low), lowers.get(high), least);
    long first = 0;
    long last = 0;
    int sum = -1;
    for (int i = 0; i < lowers.size(); i++) {
      long step = Math.floorDiv(lowers.get(i), width);
      if (sum >= 0 && step > last && sums.isEnough(sum)) {
        bins.add(new Bin(first, last, sum));
        first = last + 1;
        sum = -1;
      }
      sum = sum < 0 ? sums.open() : sum;
      sums.join(sum, counts, i, 0);
      last = step;
    }
    if (sums.isEnough(sum)) {
      bins.add(new Bin(first, last, sum));
    } else if (!bins.isEmpty()) {
      Bin before = bins.remove(bins.size() - 1);
      sums.join(before.cell(), sums, sum, 0);
      bins.add(new Bin(before.first(), last, before.cell()));
    }
  }

  /** Where, counted from one end, enough people are; -1 when they never are. */
  private int enough(int from, int direction) {
    Cells sum = new Cells();
    int cell = sum.open();
    for (int i = from; i >= 0 && i < lowers.size(); i += direction) {
      sum.join(cell, counts, i, 0);
      if (sum.isEnough(cell)) {
        return i;
      }
    }
    return -1;
  }

  /** The quantiles of rounded bars, as if numbers were spread evenly in each. */
  List<String> quantiles(List<Bar> rounded) {
    if (rounded.isEmpty()) {
      return List.of();
    }
    long all = rounded.stream().mapToLong(Bar::rows).sum();
    return ColumnFigures.QUANTILES.stream()
        .map(hundredths -> quantile(rounded, all * hundredths / 100.0))
        .toList();
  }

  private String quantile(List<Bar> rounded, double target) {
    double below = 0;
    int at = 0;
    while (at < rounded.size() - 1 && below + rounded.get(at).rows() < target) {
      below += rounded.get(at).rows();
      at++;
    }
    if (isOuter(at)) {
      return label(at);
    }
    Bin bin = bins.get(at);
    int steps = steps(bin);
    double share = (target - below) / rounded.get(at).rows();
    double number = (bin.first() + share * steps) * width;
    if (scale.kind() == Scale.Kind.NUMBER) {
      return scale.at(Math.round(number / unit()) * unit(), width);
    }
    return scale.at(Math.min((long) number, (bin.last() + 1) * width - 1), width);
  }

  /** A quantile is no finer than this. */
  private long unit() {
    long unit = 1;
    while (unit * 10 < width) {
      unit *= 10;
    }
    return unit;
  }
}
