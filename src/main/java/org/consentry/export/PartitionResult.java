package org.consentry.export;

import org.consentry.data.Tally;

/** What came of one partition. */
public interface PartitionResult {

  /** What became of its rows. */
  Tally tally();

  /** Rows read. */
  default long rowsRead() {
    return tally().read();
  }

  /** Rows released. */
  default long rowsReleased() {
    return tally().released();
  }

  /** Rows excluded. */
  default long rowsExcluded() {
    return tally().excludedTotal();
  }
}
