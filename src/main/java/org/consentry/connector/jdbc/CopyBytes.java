package org.consentry.connector.jdbc;

import java.sql.SQLException;
import org.consentry.connector.csv.CsvBytes;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyOut;

/** What PostgreSQL copies out, row by row. Used by one thread. */
final class CopyBytes implements CsvBytes {

  private final CopyOut copy;
  private final String shown;

  /** The row that did not fit the last time. */
  private byte @Nullable [] row;

  private int taken;
  private long done;
  private boolean ended;

  CopyBytes(CopyOut copy, String shown) {
    this.copy = copy;
    this.shown = shown;
  }

  @Override
  public long done() {
    return done;
  }

  @Override
  public boolean atEnd() {
    return ended;
  }

  @Override
  public int read(byte[] into, int at, int atMost) {
    int count = 0;
    try {
      while (count < atMost && !ended) {
        byte[] current = row == null ? copy.readFromCopy() : row;
        if (current == null) {
          ended = true;
        } else {
          int length = Math.min(atMost - count, current.length - taken);
          System.arraycopy(current, taken, into, at + count, length);
          count += length;
          taken += length;
          boolean isTaken = taken == current.length;
          row = isTaken ? null : current;
          taken = isTaken ? 0 : taken;
        }
      }
    } catch (SQLException failed) {
      throw Database.failed(failed, shown);
    }
    done += count;
    return count;
  }

  /** A copy that was not read to its end is left to the closing of its connection. */
  @Override
  public void close() {}
}
