package org.consentry.export.extract;

import java.util.List;
import java.util.Optional;
import org.consentry.data.RowBatch.Rejection;
import org.consentry.data.Tally;
import org.consentry.export.PartitionResult;
import org.consentry.export.sort.SpillResult;

/**
 * What came of one split.
 *
 * @param tally what became of its rows
 * @param spill what its spill file must contain
 * @param keys the same of the spill file of its keys, if there is one
 * @param rejections the first few rejected rows, for messages
 * @param contents sum over the released rows, by which two releases of the table are compared
 * @param released a number for each released row, by which tables above find it; see {@link
 *     Extractor}
 */
@SuppressWarnings("ArrayRecordComponent") // one long a row, handed over once
public record SplitResult(
    Tally tally,
    SpillResult spill,
    Optional<SpillResult> keys,
    List<Rejection> rejections,
    ContentSum contents,
    long[] released)
    implements PartitionResult {

  public SplitResult {
    rejections = List.copyOf(rejections);
  }
}
