package org.consentry.export.scan;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What is read from a file, up to a limit. For one thread. */
final class Limited extends FilterInputStream {

  private final Then then;
  private long left;

  /** What happens at the limit. */
  enum Then {
    END,
    FAIL
  }

  Limited(InputStream in, long limit, Then then) {
    super(in);
    this.then = then;
    left = limit;
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
    if (left <= 0 && then == Then.END) {
      return -1;
    }
    int count = super.read(bytes, offset, (int) Math.min(length, Math.max(1, left)));
    if (count > 0 && left <= 0) {
      throw new TooMuch();
    }
    left -= Math.max(count, 0);
    return count;
  }
}
