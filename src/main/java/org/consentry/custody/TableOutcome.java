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
 * @param keys whether the released rows have different keys
 */
record TableOutcome(
    TableExtract table,
    Tally tally,
    List<SplitResult> splits,
    List<PartInRelease> files,
    Keys keys) {

  /** Whether the released rows have different keys. */
  enum Keys {
    UNIQUE,
    /** Two released rows share the key, or it is not released in columns that keep keys apart. */
    NOT_UNIQUE
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
