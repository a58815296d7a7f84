package org.consentry.connector.fhir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.consentry.connector.Split;

/**
 * The lines of one split, which have bytes of one buffer until the next is read. When the last was
 * read, the bytes are proven to be those that the split was cut from. The buffer has at most a
 * {@link #CHUNK} more than the longest line; while it grows, there are two. Not thread-safe.
 */
final class LineReader implements AutoCloseable {

  /** Bytes that are read at a time. */
  static final int CHUNK = 1 << 18;

  private final ResourceFile file;
  private final Split split;
  private final FileChannel channel;
  private final int longest;
  private final boolean isProven;
  private final CRC32C crc = new CRC32C();
  private byte[] buffer = new byte[CHUNK];
  private int from;
  private int to;
  private int filled;
  private long position;
  private long line;
  private int next;

  /**
   * Opens a split.
   *
   * @param longest bytes of the longest line that is read
   * @param isProven whether the digest of the split is known
   */
  LineReader(ResourceFile file, Split split, int longest, boolean isProven) {
    this.file = file;
    this.split = split;
    this.longest = longest;
    this.isProven = isProven;
    this.channel = file.open();
    this.position = split.bytes().start();
    this.line = split.bytes().firstLine() - 1;
  }

  /** Goes to the next line that is not blank; false after the last. */
  boolean next() {
    while (line()) {
      skipByteOrderMark();
      while (from < to && isBlank(buffer[from])) {
        from++;
      }
      while (to > from && isBlank(buffer[to - 1])) {
        to--;
      }
      if (from < to) {
        return true;
      }
    }
    return false;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\r';
  }

  private void skipByteOrderMark() {
    boolean isFirst = split.bytes().start() == file.start() && line == split.bytes().firstLine();
    if (isFirst
        && to - from >= 3
        && buffer[from] == (byte) 0xEF
        && buffer[from + 1] == (byte) 0xBB
        && buffer[from + 2] == (byte) 0xBF) {
      from += 3;
    }
  }

  private boolean line() {
    line++;
    from = next;
    int scanned = next;
    while (true) {
      int end = LineFeeds.next(buffer, scanned, filled);
      if (end - from > longest) {
        throw file.problems().tooLong(number(), longest);
      }
      if (end < filled) {
        to = end;
        next = end + 1;
        return true;
      }
      if (position == split.bytes().end()) {
        to = filled;
        next = filled;
        return to > from;
      }
      int begun = filled - from;
      fill(begun);
      scanned = begun;
    }
  }

  /** Reads more bytes after those of the line that has begun. */
  private void fill(int begun) {
    System.arraycopy(buffer, from, buffer, 0, begun);
    from = 0;
    if (buffer.length - begun < CHUNK) {
      int doubled = Math.min(buffer.length * 2, longest + CHUNK);
      buffer = Arrays.copyOf(buffer, Math.max(doubled, begun + CHUNK));
    }
    int wanted = (int) Math.min(CHUNK, split.bytes().end() - position);
    try {
      int count = channel.read(ByteBuffer.wrap(buffer, begun, wanted), position - file.start());
      if (count <= 0) {
        throw file.problems().changed();
      }
      crc.update(buffer, begun, count);
      position += count;
      filled = begun + count;
    } catch (IOException failed) {
      throw file.problems().interrupted(failed);
    }
    if (position == split.bytes().end() && isProven && (int) crc.getValue() != split.digest()) {
      throw file.problems().changed();
    }
  }

  byte[] buffer() {
    return buffer;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  /** Number of the line, counted through all files of the type. */
  long number() {
    return line;
  }

  /** Bytes of the split that were read from the file. */
  long done() {
    return position - split.bytes().start();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException failed) {
      throw file.problems().interrupted(failed);
    }
  }
}
