package org.consentry.export.scan;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A short number or an amount, which is never an identifier: up to five digits, or as many before a
 * point and up to three behind it, with a minus or without. Stateless.
 *
 * <p>Eight bytes are looked at at a time. {@code AmountTest} compares the answers with those of a
 * plain reader.
 */
final class Amount {

  static final int LONGEST = 10;

  /** It is none. */
  static final int NONE = -1;

  private static final int MOST_WHOLE = Token.SHORTEST - 1;
  private static final int MOST_BEHIND_POINT = 3;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ZEROS = 0x3030303030303030L;
  private static final long LOW = 0x7F7F7F7F7F7F7F7FL;

  /** Sets the high bit of a byte over 9. */
  private static final long ABOVE_NINE = 0x7676767676767676L;

  private Amount() {}

  /** How many digits an amount has, or {@link #NONE}. */
  static int digits(byte[] bytes, int start, int end) {
    int size = end - start;
    if (size > LONGEST || size == 0) {
      return size == 0 ? 0 : NONE;
    }
    if (size > Long.BYTES || start + Long.BYTES > bytes.length) {
      return longDigits(bytes, start, end);
    }
    long word = (long) LONGS.get(bytes, start) ^ ZEROS;
    long others = (((word & LOW) + ABOVE_NINE) | word) & ~LOW & (-1L >>> (Long.SIZE - 8 * size));
    return digits(bytes, start, size, others);
  }

  private static int longDigits(byte[] bytes, int start, int end) {
    int points = 0;
    int whole = 0;
    int digits = 0;
    for (int i = start; i < end; i++) {
      byte c = bytes[i];
      if (c >= '0' && c <= '9') {
        digits++;
      } else if (c == '.' && i > start && i + 1 < end) {
        points++;
        whole = digits;
      } else if (c != '-' || i > start) {
        return NONE;
      }
    }
    return points > 1 ? NONE : digits(points == 0 ? digits : whole, digits);
  }

  /**
   * The same of a few bytes.
   *
   * @param others the high bit of each byte that is no digit
   */
  private static int digits(byte[] bytes, int start, int size, long others) {
    int sign = (others & 0x80) == 0 ? 0 : 1;
    long points = others & ~0x80L;
    if (sign > 0 && bytes[start] != '-') {
      return NONE;
    }
    if (points == 0) {
      return digits(size - sign, size - sign);
    }
    int at = Long.numberOfTrailingZeros(points) >>> 3;
    return (points & (points - 1)) == 0 && bytes[start + at] == '.' && at + 1 < size
        ? digits(at - sign, size - sign - 1)
        : NONE;
  }

  private static int digits(int whole, int all) {
    return whole <= MOST_WHOLE && all - whole <= MOST_BEHIND_POINT ? all : NONE;
  }
}
