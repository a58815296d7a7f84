package org.consentry.export.scan;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What is read from a compressed file, up to a limit. For one thread. */
final class Limited extends FilterInputStream {

  private long read;

  Limited(InputStream in) {
    super(in);
  }

  /** The file becomes too long. */
  static final class TooMuch extends IOException {
    private static final long serialVersionUID = 1L;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = super.read(bytes, offset, length);
    read += Math.max(count, 0);
    if (read > FileSearch.MOST_UNPACKED) {
      throw new TooMuch();
    }
    return count;
  }
}
