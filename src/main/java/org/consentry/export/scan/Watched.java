package org.consentry.export.scan;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A text that is watched while it is read: whether a part of it is none, such as compressed data
 * behind lines of text. For one thread.
 */
final class Watched extends FilterInputStream {

  private static final int WINDOW = 4096;

  /** A few control characters are in many texts. */
  private static final int FEW = 8;

  private int size;
  private int strange;
  private boolean binary;

  Watched(InputStream in) {
    super(in);
  }

  /**
   * Whether a part of what was read is no text: more than one byte of 20 is a control character.
   */
  boolean isBinary() {
    judge();
    return binary;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = super.read(bytes, offset, length);
    for (int i = offset; i < offset + count; ) {
      int end = Math.min(offset + count, i + WINDOW - size);
      size += end - i;
      for (; i < end; i++) {
        if (bytes[i] >= 0 && bytes[i] < ' ') {
          control(bytes[i]);
        }
      }
      if (size == WINDOW) {
        judge();
      }
    }
    return count;
  }

  private void control(byte b) {
    binary |= b == 0;
    strange += b == '\n' || b == '\r' || b == '\t' || b == '\f' ? 0 : 1;
  }

  private void judge() {
    binary |= strange > FEW && strange * 20 > size;
    size = 0;
    strange = 0;
  }
}
