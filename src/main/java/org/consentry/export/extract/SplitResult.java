package org.consentry.export.extract;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.consentry.data.RowBatch.Rejection;
import org.consentry.data.Tally;
import org.consentry.export.sort.SpillResult;

/**
 * What came of one split.
 *
 * @param tally what became of its rows
 * @param spill what its spill file must contain
 * @param keys the same of the spill file of its keys, if there is one
 * @param rejections the rejected rows, at most the first ten thousand
 * @param contents sum over the released rows, by which two releases of the table are compared
 * @param filled released cells with a value, by released column
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
    Map<String, Long> filled,
    long[] released) {

  public SplitResult {
    rejections = List.copyOf(rejections);
    filled = Collections.unmodifiableMap(new TreeMap<>(filled));
  }

  /** The same with the numbers of its released rows. */
  SplitResult with(long[] numbers) {
    return new SplitResult(tally, spill, keys, rejections, contents, filled, numbers);
  }

  /** Released cells with a value, by released column, of all splits of a table. */
  public static Map<String, Long> filled(List<SplitResult> splits) {
    Map<String, Long> filled = new TreeMap<>();
    splits.forEach(
        split -> split.filled().forEach((column, cells) -> filled.merge(column, cells, Long::sum)));
    return filled;
  }
}
