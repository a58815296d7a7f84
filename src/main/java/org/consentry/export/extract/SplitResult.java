package org.consentry.export.extract;

import java.util.List;
import java.util.Optional;
import org.consentry.data.RowBatch.Rejection;
import org.consentry.data.Tally;
import org.consentry.export.sort.SpillResult;

/**
 * What came of one split.
 *
 * @param tally what became of its rows
 * @param spill what vouches for its spill file
 * @param keys what vouches for the spill file of its keys, if there is one
 * @param rejections the first few rejected rows, for messages
 * @param released numbers that stand for released rows, which tables above ask for; see {@link
 *     Extractor}
 */
@SuppressWarnings("ArrayRecordComponent") // one long a row, handed over once
public record SplitResult(
    Tally tally,
    SpillResult spill,
    Optional<SpillResult> keys,
    List<Rejection> rejections,
    long[] released) {

  public SplitResult {
    rejections = List.copyOf(rejections);
  }
}
