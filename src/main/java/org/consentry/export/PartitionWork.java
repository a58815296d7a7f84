package org.consentry.export;

import java.util.Optional;
import org.consentry.data.RowBatch;
import org.consentry.data.Tally;

/**
 * The work on one piece, a split or a part: read, extract and write until nothing is left, then
 * finish. Not thread-safe.
 */
public interface PartitionWork extends AutoCloseable {

  /** The next rows; empty at the end. Valid until the next call. */
  Optional<RowBatch> read();

  /** The released rows of a batch. */
  RowBatch extract(RowBatch batch);

  /** Writes released rows. */
  void write(RowBatch batch);

  /** Completes the files of the piece and then its marker; reports what became of the rows. */
  Tally finish();

  @Override
  void close();
}
