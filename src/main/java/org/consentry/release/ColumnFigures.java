package org.consentry.release;

import java.util.List;
import java.util.OptionalLong;
import org.consentry.data.SmallCounts;

/**
 * What a released column looks like, for its codebook and data package.
 *
 * <p><b>Security promise:</b> at least {@value SmallCounts#FEWEST} people are behind every number
 * of rows, and all numbers are rounded to the nearest 10. Rows of fewer people are counted with the
 * most frequent value or the highest bar, whether there are any or not, so that subtraction from an
 * exact total shows nothing of them. Quantiles are read from the bars, not from the data.
 *
 * @param shape what the bars are
 * @param filled rows with a value; empty when fewer people are behind them
 * @param empty rows without a value; empty when fewer people are behind them
 * @param distinct different values: those that enough people share, or of all values about how
 *     many; empty when it is not shown
 * @param bars in the order in which they are shown; none when there are not enough people
 * @param other rows of all values that have no bar; empty when fewer people are behind them
 * @param quantiles the 5, 25, 50, 75 and 95 % quantiles as words; none where there are no bars
 */
public record ColumnFigures(
    Shape shape,
    OptionalLong filled,
    OptionalLong empty,
    OptionalLong distinct,
    List<Bar> bars,
    OptionalLong other,
    List<String> quantiles) {

  /** Hundredths of the rows that are below each quantile. */
  public static final List<Integer> QUANTILES = List.of(5, 25, 50, 75, 95);

  /** What the bars of a column are. */
  public enum Shape {
    /** Its most frequent values. */
    VALUES,
    /** Ranges of numbers. */
    NUMBERS,
    /** Years of birth. */
    BIRTHS,
    /** Years or months of events. */
    EVENTS,
    /** Texts are not shown. */
    TEXTS
  }

  /**
   * Rows of one value or of one range.
   *
   * @param label the value or the range
   * @param width how many steps of the axis a range takes; 1 for a value
   * @param rows rounded
   */
  public record Bar(String label, int width, long rows) {}

  public ColumnFigures {
    bars = List.copyOf(bars);
    quantiles = List.copyOf(quantiles);
  }

  /** A number of rows or values as it is shown. */
  static String shown(OptionalLong number) {
    return number.isPresent() ? Long.toString(number.getAsLong()) : SmallCounts.FEW;
  }
}
