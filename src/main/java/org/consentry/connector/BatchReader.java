package org.consentry.connector;

import java.util.List;
import java.util.Optional;
import org.consentry.data.MissingCells;
import org.consentry.data.RowBatch;

/** Reads one split of a table, or of several at once, batch by batch. Not thread-safe. */
public interface BatchReader extends AutoCloseable {

  /** Reads no rows. */
  BatchReader EMPTY =
      new BatchReader() {
        @Override
        public Optional<RowBatch> next() {
          return Optional.empty();
        }

        @Override
        public void close() {}
      };

  /**
   * The next rows; empty at the end. A batch is valid until the next call.
   *
   * @throws org.consentry.problem.ProblemException when the bytes are not readable as records;
   *     names file and line, never content
   */
  Optional<RowBatch> next();

  /**
   * Which table the rows that were given last are of, where several are read at once: its position
   * among them, from 0.
   */
  default int table() {
    return 0;
  }

  /**
   * How much of the split was read so far, in the unit of its range and at most its size; 0 where
   * that is not known before the end. Batches that were not given yet may be included.
   */
  default long done() {
    return 0;
  }

  /**
   * Cells without a value in the rows that were given so far, for each column that was asked for;
   * empty where the source cannot distinguish NULL from an empty text, or several tables are read.
   */
  default List<MissingCells> missing() {
    return List.of();
  }

  @Override
  void close();
}
