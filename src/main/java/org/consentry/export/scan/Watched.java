package org.consentry.export.scan;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A text that is watched while it is read: whether a part of it is none, such as compressed data
 * behind lines of text. For one thread.
 */
final class Watched extends FilterInputStream {

  private static final int WINDOW = 4096;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long LOW = 0x7F7F7F7F7F7F7F7FL;
  private static final long HIGH = ~LOW;

  /** Sets the high bit of a byte that is no control character. */
  private static final long ABOVE_BLANK = 0x6060606060606060L;

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
      look(bytes, i, end);
      i = end;
      if (size == WINDOW) {
        judge();
      }
    }
    return count;
  }

  /** Looks at eight bytes at a time; most have no control character. */
  private void look(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to) {
      if (i + Long.BYTES <= to && !hasControl((long) LONGS.get(bytes, i))) {
        i += Long.BYTES;
      } else {
        int end = Math.min(to, i + Long.BYTES);
        for (; i < end; i++) {
          if (bytes[i] >= 0 && bytes[i] < ' ') {
            control(bytes[i]);
          }
        }
      }
    }
  }

  /** Whether a byte is below that of a blank; bytes from 80 on are none. */
  private static boolean hasControl(long word) {
    return (~(((word & LOW) + ABOVE_BLANK) | word) & HIGH) != 0;
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
