package org.consentry.export.scan;

import java.util.Arrays;

/**
 * What was decided of the values of a Parquet dictionary, by their ids, so that a value is decided
 * once in a row group. For one thread.
 */
final class DecidedValues {

  /** Is added to the kind of a value that contains something; greater than every kind. */
  static final int WITH_HITS = 1 << 6;

  /** What each value is for {@link SplitCells}, as far as it was decided. */
  final byte[] kinds;

  /** What each value contains that has {@link #WITH_HITS}. */
  final CellHits[] hits;

  DecidedValues(int size) {
    kinds = new byte[size];
    hits = new CellHits[size];
    Arrays.fill(kinds, ColumnScan.FRESH);
    Arrays.fill(hits, CellHits.NONE);
  }
}
