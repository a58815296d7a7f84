package org.consentry.export.seal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.connector.PartWriter.PartFile;
import org.consentry.connector.Sink;
import org.consentry.data.Tally;
import org.consentry.export.extract.SplitResult;
import org.consentry.plan.ReleasedTable;
import org.consentry.release.ColumnFigures;

/**
 * What came of one table.
 *
 * @param table the table
 * @param tally what became of its rows
 * @param splits what came of its splits, in order; none of a computed table
 * @param files its part files in the release
 * @param keys whether the released rows have different keys
 * @param figures what each released column looks like; empty when the people cannot be counted
 */
public record TableOutcome(
    ReleasedTable table,
    Tally tally,
    List<SplitResult> splits,
    List<PartInRelease> files,
    Keys keys,
    Optional<Map<String, ColumnFigures>> figures) {

  /** Whether the released rows have different keys. */
  public enum Keys {
    UNIQUE,
    /** Two released rows share the key, or it is not released in columns that keep keys apart. */
    NOT_UNIQUE
  }

  boolean keyIsUnique() {
    return keys == Keys.UNIQUE;
  }

  public TableOutcome {
    splits = List.copyOf(splits);
    files = List.copyOf(files);
  }

  /**
   * A part file in the release.
   *
   * @param name path relative to the release, with {@code /}
   * @param sink its format
   * @param part rows, size and digest
   * @param plainSha256 digest of its content before it was encrypted; that of the part where it is
   *     not
   */
  public record PartInRelease(String name, Sink sink, PartFile part, String plainSha256) {

    /** A file that is not encrypted. */
    public PartInRelease(String name, Sink sink, PartFile part) {
      this(name, sink, part, part.sha256());
    }
  }

  /** The same with other files. */
  TableOutcome with(List<PartInRelease> others) {
    return new TableOutcome(table, tally, splits, others, keys, figures);
  }
}
