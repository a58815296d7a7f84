package org.consentry.export.sort;

import java.nio.channels.FileChannel;
import java.util.Arrays;

/** Rows behind their lengths in a stretch of a file that this process wrote. */
final class FileCursor implements RowCursor {

  private static final int LENGTH_BYTES = 5;

  private final FileChannel channel;
  private final AtTheEnd atTheEnd;
  private long position;
  private final long limit;
  private byte[] buffer;
  private int at;
  private int filled;
  private int start;
  private int end;

  /** What becomes of the channel when the cursor is closed. */
  enum AtTheEnd {
    CLOSE,
    /** It belongs to the caller. */
    LEAVE_OPEN
  }

  /**
   * A cursor before the first row.
   *
   * @param from where a length begins
   * @param limit one past the last byte
   */
  FileCursor(FileChannel channel, AtTheEnd atTheEnd, long from, long limit, int bufferBytes) {
    this.channel = channel;
    this.atTheEnd = atTheEnd;
    this.position = from;
    this.limit = limit;
    buffer = new byte[bufferBytes + RowCodec.SLACK];
  }

  @Override
  public boolean next() {
    if (filled - at < LENGTH_BYTES) {
      fill(LENGTH_BYTES);
    }
    if (at == filled) {
      return false;
    }
    int length = SpillFile.length(buffer, at);
    at += SpillFile.lengthBytes(length);
    if (filled - at < length) {
      fill(length);
      if (filled - at < length) {
        throw WorkFiles.damaged();
      }
    }
    start = at;
    at += length;
    end = at;
    return true;
  }

  @Override
  public boolean hasNextBeside() {
    if (filled - at < LENGTH_BYTES) {
      return false;
    }
    int length = SpillFile.length(buffer, at);
    return filled - at - SpillFile.lengthBytes(length) >= length;
  }

  /** Reads on until that many bytes are there, or the stretch ends. */
  private void fill(int bytes) {
    System.arraycopy(buffer, at, buffer, 0, filled - at);
    filled -= at;
    at = 0;
    if (buffer.length - RowCodec.SLACK < bytes) {
      buffer = Arrays.copyOf(buffer, bytes + RowCodec.SLACK);
    }
    int more = (int) Math.min(buffer.length - RowCodec.SLACK - filled, limit - position);
    WorkFiles.read(channel, position, buffer, filled, more);
    filled += more;
    position += more;
  }

  @Override
  public byte[] buffer() {
    return buffer;
  }

  @Override
  public int start() {
    return start;
  }

  @Override
  public int end() {
    return end;
  }

  @Override
  public void close() {
    if (atTheEnd == AtTheEnd.CLOSE) {
      WorkFiles.close(channel);
    }
  }
}
