package org.consentry.data;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Compares short runs of bytes eight at a time. */
public final class ByteWords {

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private ByteWords() {}

  /** Whether two runs of bytes are equal, each from its first byte to before its end. */
  public static boolean equal(
      byte[] one, int oneFirst, int oneEnd, byte[] other, int otherFirst, int otherEnd) {
    int length = oneEnd - oneFirst;
    if (otherEnd - otherFirst != length) {
      return false;
    }
    if (length < Long.BYTES) {
      return Arrays.equals(one, oneFirst, oneEnd, other, otherFirst, otherEnd);
    }
    for (int at = 0; at < length - Long.BYTES; at += Long.BYTES) {
      if ((long) WORD.get(one, oneFirst + at) != (long) WORD.get(other, otherFirst + at)) {
        return false;
      }
    }
    return (long) WORD.get(one, oneEnd - Long.BYTES)
        == (long) WORD.get(other, otherEnd - Long.BYTES);
  }
}
