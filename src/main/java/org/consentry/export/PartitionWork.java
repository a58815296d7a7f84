package org.consentry.export;

import java.util.Optional;
import org.consentry.data.RowBatch;

/**
 * The work on one piece, a split or a part: read, extract and write until nothing is left, then
 * finish. Not thread-safe. Closing without {@link #finish()} leaves files that do not count.
 */
public interface PartitionWork<R extends PartitionResult> extends AutoCloseable {

  /** The next rows; empty at the end. Valid until the next call. */
  Optional<RowBatch> read();

  /** The released rows of a batch. */
  RowBatch extract(RowBatch batch);

  /** Writes released rows. */
  void write(RowBatch batch);

  /** Completes the files of the piece and then its marker. */
  R finish();

  @Override
  void close();
}
