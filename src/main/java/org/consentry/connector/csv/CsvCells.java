package org.consentry.connector.csv;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Copies a value into a CSV record, eight bytes at a time, and quotes it as RFC 4180 requires.
 *
 * <p>Invariant of the fast path: bytes are copied first and looked at on the way; only a value that
 * turns out to need quotes is written a second time over the first. The caller keeps {@code 2 *
 * length + 2} bytes free, and eight more.
 */
public final class CsvCells {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long EACH = 0x0101_0101_0101_0101L;
  private static final long TOP = 0x8080_8080_8080_8080L;
  private static final long QUOTES = EACH * '"';
  private static final long COMMAS = EACH * ',';
  private static final long CARRIAGE_RETURNS = EACH * '\r';
  private static final long LINE_FEEDS = EACH * '\n';

  /** Every byte that asks for quotes is below the minus sign; few bytes of codes and dates are. */
  private static final long MINUSES = EACH * '-';

  private CsvCells() {}

  /** Writes the bytes from start to end as one field and returns the position after it. */
  static int put(byte[] in, int start, int end, byte[] out, int at) {
    int length = end - start;
    long special = 0;
    if (length >= 8) {
      int last = end - 8;
      int p = at;
      for (int i = start; i < last; i += 8, p += 8) {
        long word = (long) LONGS.get(in, i);
        LONGS.set(out, p, word);
        special |= special(word);
      }
      long word = (long) LONGS.get(in, last);
      LONGS.set(out, at + length - 8, word);
      special |= special(word);
    } else if (length > 0 && start + 8 <= in.length) {
      long word = (long) LONGS.get(in, start);
      LONGS.set(out, at, word);
      // Bytes after the value do not count: they are replaced by letters.
      special = special(word | (-1L << (length * 8)));
    } else {
      for (int i = 0; i < length; i++) {
        byte b = in[start + i];
        out[at + i] = b;
        special |= b == '"' || b == ',' || b == '\r' || b == '\n' ? 1 : 0;
      }
    }
    return special == 0 ? at + length : quoted(in, start, end, out, at);
  }

  /** Not zero if and only if one of the eight bytes asks for quotes. */
  private static long special(long word) {
    // A byte of value 0x80 or more never counts, so UTF-8 sequences pass.
    if (((word - MINUSES) & ~word & TOP) == 0) {
      return 0;
    }
    return zero(word ^ QUOTES)
        | zero(word ^ COMMAS)
        | zero(word ^ CARRIAGE_RETURNS)
        | zero(word ^ LINE_FEEDS);
  }

  private static long zero(long word) {
    return (word - EACH) & ~word & TOP;
  }

  private static int quoted(byte[] in, int start, int end, byte[] out, int at) {
    int p = at;
    out[p++] = '"';
    int i = start;
    while (i + 8 <= end) {
      long word = (long) LONGS.get(in, i);
      if (zero(word ^ QUOTES) == 0) {
        LONGS.set(out, p, word);
        p += 8;
      } else {
        p = doubled(in, i, i + 8, out, p);
      }
      i += 8;
    }
    p = doubled(in, i, end, out, p);
    out[p++] = '"';
    return p;
  }

  private static int doubled(byte[] in, int start, int end, byte[] out, int at) {
    int p = at;
    for (int i = start; i < end; i++) {
      byte b = in[i];
      out[p++] = b;
      if (b == '"') {
        out[p++] = '"';
      }
    }
    return p;
  }
}
