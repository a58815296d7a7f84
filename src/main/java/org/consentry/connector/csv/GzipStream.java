package org.consentry.connector.csv;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decompresses one gzip member or several (RFC 1952). Unlike the JDK's stream it takes nothing else
 * after the last member: bytes that begin no member are a mistake, as are a member that is cut off
 * and one whose length or checksum differs.
 */
final class GzipStream extends InputStream {

  private static final int CHECKED = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xE0;

  private final InputStream compressed;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] buffer = new byte[1 << 16];
  private int at;
  private int end;
  private long members;
  private boolean inside;

  GzipStream(InputStream compressed) {
    this.compressed = compressed;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (true) {
      if (!inside && !header()) {
        return -1;
      }
      int count = inflate(into, offset, length);
      if (inflater.finished()) {
        trailer();
      }
      if (count > 0) {
        return count;
      }
    }
  }

  private int inflate(byte[] into, int offset, int length) throws IOException {
    try {
      int count = inflater.inflate(into, offset, length);
      crc.update(into, offset, count);
      if (count == 0 && inflater.needsInput() && !inflater.finished()) {
        require();
        inflater.setInput(buffer, at, end - at);
        at = end;
      } else if (inflater.needsDictionary()) {
        throw new IOException("a dictionary is needed");
      }
      return count;
    } catch (DataFormatException damaged) {
      throw new IOException("damaged");
    }
  }

  private boolean header() throws IOException {
    if (at == end && !fill()) {
      if (members == 0) {
        throw new EOFException();
      }
      return false;
    }
    if (next() != 0x1F || next() != 0x8B || next() != 8) {
      throw new IOException("not the header of a member");
    }
    int flags = next();
    if ((flags & RESERVED) != 0) {
      throw new IOException("not the header of a member");
    }
    skip(6);
    if ((flags & EXTRA) != 0) {
      skip(next() | next() << 8);
    }
    for (int text : new int[] {NAME, COMMENT}) {
      while ((flags & text) != 0 && next() != 0) {
        // Passes over the text.
      }
    }
    if ((flags & CHECKED) != 0) {
      skip(2);
    }
    members++;
    inside = true;
    inflater.reset();
    crc.reset();
    return true;
  }

  private void trailer() throws IOException {
    at = end - inflater.getRemaining();
    long sum = four();
    long length = four();
    if (sum != crc.getValue() || length != (inflater.getBytesWritten() & 0xFFFF_FFFFL)) {
      throw new IOException("another checksum or length");
    }
    inside = false;
  }

  private long four() throws IOException {
    return next() | next() << 8 | next() << 16 | (long) next() << 24;
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      next();
    }
  }

  private int next() throws IOException {
    require();
    return buffer[at++] & 0xFF;
  }

  private void require() throws IOException {
    if (at == end && !fill()) {
      throw new EOFException();
    }
  }

  private boolean fill() throws IOException {
    int count = compressed.read(buffer, 0, buffer.length);
    at = 0;
    end = Math.max(0, count);
    return count > 0;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    compressed.close();
  }
}
