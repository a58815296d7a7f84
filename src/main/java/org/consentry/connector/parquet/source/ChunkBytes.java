package org.consentry.connector.parquet.source;

import java.util.zip.CRC32C;
import org.consentry.connector.parquet.source.FileFooter.Chunk;

/** The bytes of a column in a row group, read once from the first to the last. Not thread-safe. */
final class ChunkBytes {

  private static final int WINDOW = 1 << 14;

  /** Page headers have the least and the greatest value of a page, which may be long. */
  private static final int LONGEST_HEADER = 1 << 24;

  private final FileBytes file;
  private final CRC32C crc = new CRC32C();
  private long position;
  private long left;
  private byte[] window = new byte[0];
  private int from;
  private int to;

  ChunkBytes(FileBytes file, Chunk chunk) {
    this.file = file;
    this.position = chunk.start();
    this.left = chunk.length();
  }

  /** Bytes that were not taken yet. */
  private long rest() {
    return left + to - from;
  }

  /**
   * The next page header.
   *
   * @throws Damage when the chunk ends before it, or it is none
   */
  PageHeader header() {
    int size = WINDOW;
    while (true) {
      fill(size);
      try {
        ThriftReader in = new ThriftReader(window, from, to);
        PageHeader header = PageHeader.read(in);
        from = in.position();
        if (header.compressed() > rest()) {
          throw new Damage("has a page that ends outside of its column");
        }
        return header;
      } catch (ThriftReader.CutOff cutOff) {
        if (left == 0 || size >= LONGEST_HEADER) {
          throw new Damage("has a page header that is cut off");
        }
        size *= 4;
      }
    }
  }

  private void fill(int wanted) {
    int more = (int) Math.min(left, Math.max(0, wanted - (to - from)));
    if (more == 0) {
      return;
    }
    byte[] target = wanted > window.length ? new byte[wanted] : window;
    System.arraycopy(window, from, target, 0, to - from);
    to -= from;
    from = 0;
    window = target;
    read(window, to, more);
    to += more;
  }

  private void read(byte[] into, int at, int length) {
    file.read(position, into, at, length);
    crc.update(into, at, length);
    position += length;
    left -= length;
  }

  /** The next bytes, in an array of their own; so many are there. */
  byte[] take(int length) {
    int ready = Math.min(length, to - from);
    byte[] taken = new byte[length];
    System.arraycopy(window, from, taken, 0, ready);
    if (ready < length) {
      read(taken, ready, length - ready);
    }
    from += ready;
    return taken;
  }

  /** CRC-32C of all bytes. */
  int digest() {
    while (left > 0) {
      from = 0;
      to = 0;
      fill(WINDOW);
    }
    return (int) crc.getValue();
  }
}
