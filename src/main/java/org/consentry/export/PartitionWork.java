package org.consentry.export;

import java.util.Optional;

/**
 * The work on one piece, a split or a part: read, extract and write until nothing is left, then
 * finish. Not thread-safe. Closing without {@link #finish()} leaves files that do not count.
 *
 * @param <B> a batch of rows; who does the work on other threads only passes it on
 */
public interface PartitionWork<B, R extends PartitionResult> extends AutoCloseable {

  /** The next rows; empty at the end. Valid until the next call. */
  Optional<B> read();

  /** The released rows of a batch. */
  B extract(B batch);

  /** Writes released rows. */
  void write(B batch);

  /** Completes the files of the piece and then its marker. */
  R finish();

  @Override
  void close();
}
