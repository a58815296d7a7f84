package org.consentry.export;

import org.consentry.data.Tally;

/** What came of one partition. */
public interface PartitionResult {

  /** What became of its rows. */
  Tally tally();
}
