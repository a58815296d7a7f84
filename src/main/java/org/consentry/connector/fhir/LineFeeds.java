package org.consentry.connector.fhir;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds line feeds, eight bytes at a time. */
final class LineFeeds {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long FEEDS = 0x0A0A0A0A0A0A0A0AL;
  private static final long LOW = 0x7F7F7F7F7F7F7F7FL;

  private LineFeeds() {}

  /** How many of the bytes from {@code from} to {@code to} - 1 are line feeds. */
  static int count(byte[] bytes, int from, int to) {
    int feeds = 0;
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      feeds += Long.bitCount(marks((long) LONGS.get(bytes, at)));
    }
    for (; at < to; at++) {
      feeds += bytes[at] == '\n' ? 1 : 0;
    }
    return feeds;
  }

  /** Position of the first line feed from {@code from} to {@code to} - 1; {@code to} if none. */
  static int next(byte[] bytes, int from, int to) {
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      long marks = marks((long) LONGS.get(bytes, at));
      if (marks != 0) {
        return at + Long.numberOfTrailingZeros(marks) / Byte.SIZE;
      }
    }
    while (at < to && bytes[at] != '\n') {
      at++;
    }
    return at;
  }

  /** The highest bit of each byte that is a line feed, and no other bit. */
  private static long marks(long bytes) {
    long rest = bytes ^ FEEDS;
    return ~(((rest & LOW) + LOW) | rest | LOW);
  }
}
