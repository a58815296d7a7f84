package org.consentry.export.extract;

import org.consentry.plan.ReleasedTable;

/**
 * A sum over rows, the same for the same rows in any order, and another for other rows but with a
 * probability of about 2^-64. It is no protection against crafted values, and never leaves the
 * memory of a run or its staging; what is stored is a digest of it under a key.
 *
 * @param first sum of the rows' hashes
 * @param second sum of other hashes of the rows
 */
public record ContentSum(long first, long second) {

  /** Of no rows. */
  public static final ContentSum NONE = new ContentSum(0, 0);

  /** Whether the rows of a table are added up: it has codes of one release only. */
  public static boolean isCounted(ReleasedTable table) {
    return table.columns().stream().anyMatch(ContentCounter::isOneTime);
  }

  /** Of the rows of both. */
  public ContentSum plus(ContentSum other) {
    return new ContentSum(first + other.first, second + other.second);
  }
}
