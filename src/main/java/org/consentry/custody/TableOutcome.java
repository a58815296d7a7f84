package org.consentry.custody;

import java.util.List;
import org.consentry.data.Tally;
import org.consentry.pipeline.SplitResult;
import org.consentry.pipeline.TableExtract;
import org.consentry.sink.PartWriter.PartFile;
import org.consentry.sink.Sink;

/**
 * What came of one table.
 *
 * @param table the table
 * @param tally what became of its rows
 * @param splits what came of its splits, in order
 * @param files its part files in the release
 * @param keys whether released rows are known to have different keys
 */
record TableOutcome(
    TableExtract table,
    Tally tally,
    List<SplitResult> splits,
    List<PartInRelease> files,
    Keys keys) {

  /** What is known of the keys of released rows. */
  enum Keys {
    UNIQUE,
    /** Two rows share a key, or nobody looked because no table refers to this one. */
    NOT_KNOWN
  }

  boolean keyIsUnique() {
    return keys == Keys.UNIQUE;
  }

  TableOutcome {
    splits = List.copyOf(splits);
    files = List.copyOf(files);
  }

  /**
   * A part file in the release.
   *
   * @param name path relative to the release, with {@code /}
   * @param sink its format
   * @param part rows, size and digest
   */
  record PartInRelease(String name, Sink sink, PartFile part) {}
}
