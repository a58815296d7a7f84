package org.consentry.export.figures;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.consentry.data.SmallCounts;
import org.consentry.release.ColumnFigures;
import org.consentry.release.ColumnFigures.Bar;
import org.consentry.release.ColumnFigures.Shape;

/**
 * Makes figures of counts: the one place where counts of few people are left out. The rows of a
 * column are cut into bars, other values and empty cells. Each of them has enough people or is
 * counted with the highest bar. So what is shown is a function of groups of enough people alone.
 */
final class Shown {

  private static final int TEN = 10;

  private final Cells sums = new Cells();
  private final int empty = sums.open();
  private final int filled = sums.open();
  private final int rest = sums.open();
  private final int rare = sums.open();
  private final List<Bar> bars = new ArrayList<>();
  private long common;

  /**
   * Begins with the empty cells of a column.
   *
   * @param counts of the column
   * @param cell the count of its rows without a value
   */
  Shown(Cells counts, int cell) {
    sums.join(empty, counts, cell, 0);
  }

  /** Adds rows that become a bar; enough people are behind them. */
  void bar(String label, int width, Cells counts, int cell) {
    sums.join(filled, counts, cell, 0);
    bars.add(new Bar(label, width, counts.rows(cell)));
  }

  /** Adds rows of values that have no bar. */
  void other(Cells counts, int cell) {
    sums.join(filled, counts, cell, 0);
    sums.join(rest, counts, cell, 0);
  }

  /** Adds one value to the number of different values. */
  void value(Cells counts, int cell) {
    if (counts.isEnough(cell)) {
      common++;
    } else {
      sums.join(rare, counts, cell, 0);
    }
  }

  /**
   * The figures.
   *
   * @param values how many different values there are; a negative number when all of them were
   *     added
   */
  ColumnFigures figures(Shape shape, long values, Quantiles quantiles) {
    boolean hasEmpty = sums.isEnough(empty);
    if (!sums.isEnough(filled)) {
      long rows = sums.rows(empty) + sums.rows(filled);
      return new ColumnFigures(
          shape,
          OptionalLong.empty(),
          hasEmpty ? OptionalLong.of(SmallCounts.nearestTen(rows)) : OptionalLong.empty(),
          OptionalLong.empty(),
          List.of(),
          OptionalLong.empty(),
          List.of());
    }
    boolean hasOther = sums.isEnough(rest);
    long hidden = (hasEmpty ? 0 : sums.rows(empty)) + (hasOther ? 0 : sums.rows(rest));
    List<Bar> rounded = rounded(hidden);
    long lost = hasEmpty ? 0 : sums.rows(empty);
    return new ColumnFigures(
        shape,
        OptionalLong.of(SmallCounts.nearestTen(sums.rows(filled) + lost)),
        hasEmpty ? OptionalLong.of(SmallCounts.nearestTen(sums.rows(empty))) : OptionalLong.empty(),
        distinct(values),
        rounded,
        hasOther && !bars.isEmpty()
            ? OptionalLong.of(SmallCounts.nearestTen(sums.rows(rest)))
            : OptionalLong.empty(),
        quantiles.of(rounded));
  }

  /** Words for the quantiles of rounded bars. */
  interface Quantiles {
    List<String> of(List<Bar> bars);
  }

  private List<Bar> rounded(long hidden) {
    int highest = 0;
    for (int i = 1; i < bars.size(); i++) {
      if (bars.get(i).rows() > bars.get(highest).rows()) {
        highest = i;
      }
    }
    List<Bar> rounded = new ArrayList<>();
    for (Bar bar : bars) {
      long rows = bar.rows() + (rounded.size() == highest ? hidden : 0);
      rounded.add(new Bar(bar.label(), bar.width(), SmallCounts.nearestTen(rows)));
    }
    return rounded;
  }

  private OptionalLong distinct(long values) {
    if (values < 0 && !sums.isEnough(rare)) {
      return OptionalLong.of(common);
    }
    long all = Math.abs(values);
    return all <= TEN ? OptionalLong.empty() : OptionalLong.of(SmallCounts.twoDigits(all, TEN));
  }
}
