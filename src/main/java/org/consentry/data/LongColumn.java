package org.consentry.data;

/**
 * Numbers, dates, timestamps and unscaled decimals, one long a row.
 *
 * @param rows number of rows; the array may be longer
 * @param values one value a row, or {@link #MISSING}
 */
@SuppressWarnings("ArrayRecordComponent") // the batch path shares arrays on purpose (house style)
public record LongColumn(int rows, long[] values) implements Column {

  /** Means no value. A source value that equals it is refused as out of range. */
  public static final long MISSING = Long.MIN_VALUE;

  @Override
  public boolean isMissing(int row) {
    return values[row] == MISSING;
  }
}
