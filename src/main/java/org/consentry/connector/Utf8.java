package org.consentry.connector;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Well-formed UTF-8 as in table 3-7 of the Unicode standard (RFC 3629 section 4). */
public final class Utf8 {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long HIGH = 0x8080808080808080L;

  private Utf8() {}

  /** Whether the bytes from {@code from} to {@code to} - 1 are well-formed. */
  public static boolean isValid(byte[] b, int from, int to) {
    int i = from;
    while (i < to) {
      if (b[i] >= 0) {
        i = skipAscii(b, i + 1, to);
        continue;
      }
      int length = sequence(b, i, to);
      if (length == 0) {
        return false;
      }
      i += length;
    }
    return true;
  }

  private static int skipAscii(byte[] b, int from, int to) {
    int i = from;
    while (i + Long.BYTES <= to && ((long) LONGS.get(b, i) & HIGH) == 0) {
      i += Long.BYTES;
    }
    while (i < to && b[i] >= 0) {
      i++;
    }
    return i;
  }

  /** Length of the sequence that begins with a byte over 7F, or 0 when it is malformed. */
  private static int sequence(byte[] b, int i, int to) {
    int first = b[i] & 0xFF;
    if (first < 0xC2 || first > 0xF4) {
      return 0;
    }
    int length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (i + length > to) {
      return 0;
    }
    int low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    int high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    int second = b[i + 1] & 0xFF;
    if (second < low || second > high) {
      return 0;
    }
    for (int k = 2; k < length; k++) {
      if ((b[i + k] & 0xC0) != 0x80) {
        return 0;
      }
    }
    return length;
  }
}
