package org.consentry.data;

/**
 * The values of one column in one batch. Row numbers run from 0 to {@link #rows()} - 1. Columns are
 * filled by their maker and read-only from then on; the arrays are shared, not copied, because this
 * is the batch path.
 */
public sealed interface Column permits BytesColumn, LongColumn {

  /** Number of rows, at least 0. */
  int rows();

  /** Whether the row has no value. An empty CSV field is missing. */
  boolean isMissing(int row);
}
