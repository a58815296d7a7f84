package org.consentry.pipeline;

import java.util.List;
import org.consentry.data.RowBatch.Rejection;
import org.consentry.data.Tally;
import org.consentry.sink.PartWriter.PartFile;

/**
 * What came of one split.
 *
 * @param tally what became of its rows
 * @param parts the part files, in the order of their targets
 * @param rejections the first few rejected rows, for messages
 * @param released numbers that stand for released rows, which tables above ask for; see {@link
 *     Extractor}
 */
@SuppressWarnings("ArrayRecordComponent") // one long a row, handed over once
public record SplitResult(
    Tally tally, List<PartFile> parts, List<Rejection> rejections, long[] released) {

  public SplitResult {
    parts = List.copyOf(parts);
    rejections = List.copyOf(rejections);
  }
}
