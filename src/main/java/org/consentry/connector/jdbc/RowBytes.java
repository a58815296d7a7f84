package org.consentry.connector.jdbc;

import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.Optional;
import org.consentry.connector.csv.CsvBytes;

/**
 * CSV that a database gives row by row: an empty field is NULL, and {@code ""} an empty text. Used
 * by one thread.
 */
abstract class RowBytes implements CsvBytes {

  private final String shown;
  private ByteBuffer row = ByteBuffer.allocate(0);
  private long done;
  private boolean ended;

  /**
   * No rows yet.
   *
   * @param shown the table, for messages
   */
  RowBytes(String shown) {
    this.shown = shown;
  }

  /** The next row, valid until the next call; empty at the end. */
  abstract Optional<ByteBuffer> nextRow() throws SQLException;

  @Override
  public final long done() {
    return done;
  }

  @Override
  public final boolean atEnd() {
    return ended;
  }

  @Override
  public final int read(byte[] into, int at, int atMost) {
    int count = 0;
    try {
      while (count < atMost && (row.hasRemaining() || advance())) {
        int length = Math.min(atMost - count, row.remaining());
        row.get(into, at + count, length);
        count += length;
      }
    } catch (SQLException failed) {
      throw Database.failed(failed, shown);
    }
    done += count;
    return count;
  }

  private boolean advance() throws SQLException {
    Optional<ByteBuffer> next = ended ? Optional.empty() : nextRow();
    ended = next.isEmpty();
    next.ifPresent(bytes -> row = bytes);
    return !ended;
  }
}
