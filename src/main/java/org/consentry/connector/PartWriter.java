package org.consentry.connector;

import org.consentry.data.RowBatch;

/**
 * Writes one part file. Not thread-safe. Closing without {@link #finish()} leaves a file that must
 * not be used.
 */
public interface PartWriter extends AutoCloseable {

  /** Appends rows whose columns are those of the schema, in its order. */
  void write(RowBatch batch);

  /** Completes the file, flushes it to the disk (fsync) and returns what was written. */
  PartFile finish();

  @Override
  void close();

  /**
   * A finished part file.
   *
   * @param rows rows written
   * @param bytes size
   * @param sha256 64 lower-case hexadecimal digits
   */
  record PartFile(long rows, long bytes, String sha256) {}
}
