package org.consentry.operator.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.consentry.data.Blanks;
import org.consentry.data.IsoDates;
import org.consentry.data.PowersOfTen;

/** Reads numbers from bytes without making objects. Spaces around a number are not part of it. */
public final class Numbers {

  /** The bytes are not such a number. */
  public static final long INVALID = IsoDates.INVALID;

  /** Of the numbers that programs keep in 64 bits. */
  private static final int LARGEST_EXPONENT = 400;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long HIGH = 0x8080_8080_8080_8080L;
  private static final long ZEROS = 0x3030_3030_3030_3030L;
  private static final long ABOVE_NINE = 0x7676_7676_7676_7676L;

  /** The first two of four digits, twice. */
  private static final long PAIR = 0x0000_00FF_0000_00FFL;

  private Numbers() {}

  /** A whole number of at most 18 digits; {@code 12.0} is whole. */
  public static long integer(byte[] b, int start, int end) {
    return decimal(b, start, end, 18, 0);
  }

  /**
   * A number as its unscaled value, or {@link #INVALID}: an optional sign, digits, and after a
   * point more digits, of which those beyond the scale must be zero, because cutting them would
   * change the value.
   *
   * @param precision most digits in all, 1 to 18
   * @param scale digits after the point, 0 to precision
   */
  public static long decimal(byte[] b, int start, int end, int precision, int scale) {
    long usual = atOnce(b, start, end, scale);
    return usual >= 0 && usual < PowersOfTen.of(precision)
        ? usual
        : oneByOne(b, start, end, precision, scale);
  }

  /**
   * A number of at most eight bytes without sign and with all digits of the scale, or -1. Its bytes
   * are looked at together: digits less their zeros are at most 9; then neighbours are joined to
   * two, four and eight digits (Lemire, Quickly parsing eight digits, 2018).
   */
  private static long atOnce(byte[] b, int start, int end, int scale) {
    int unused = Long.BYTES - (end - start);
    if (unused < 0 || end - start <= scale || start + Long.BYTES > b.length) {
      return -1;
    }
    long w = (long) LONGS.get(b, start) << (unused * Byte.SIZE);
    if (scale > 0) {
      int point = (Long.BYTES - 1 - scale) * Byte.SIZE;
      if ((byte) (w >>> point) != '.') {
        return -1;
      }
      long whole = w & ((1L << point) - 1);
      long fraction = w & (-1L << point << Byte.SIZE);
      w = fraction | (whole << Byte.SIZE);
      unused++;
    }
    w ^= ZEROS << (unused * Byte.SIZE);
    if (((w | (w + ABOVE_NINE)) & HIGH) != 0) {
      return -1;
    }
    long pairs = w * 10 + (w >>> 8);
    long low = (pairs & PAIR) * (100 + (1_000_000L << 32));
    long high = ((pairs >>> 16) & PAIR) * (1 + (10_000L << 32));
    return (low + high) >>> 32;
  }

  private static long oneByOne(byte[] b, int start, int end, int precision, int scale) {
    int at = start;
    int last = end;
    while (at < last && b[at] == ' ') {
      at++;
    }
    while (last > at && b[last - 1] == ' ') {
      last--;
    }
    boolean negative = at < last && b[at] == '-';
    if (at < last && (b[at] == '-' || b[at] == '+')) {
      at++;
    }
    int first = at;
    while (at < last && b[at] == '0') {
      at++;
    }
    int significant = at;
    long value = 0;
    for (; at < last && isDigit(b[at]); at++) {
      value = value * 10 + b[at] - '0';
    }
    int whole = at - significant;
    int digits = at - first;
    int fraction = 0;
    if (at < last && b[at] == '.') {
      int point = ++at;
      int most = Math.min(last, point + scale);
      for (; at < most && isDigit(b[at]); at++) {
        value = value * 10 + b[at] - '0';
      }
      fraction = at - point;
      while (at < last && b[at] == '0') {
        at++;
      }
      digits += at - point;
    }
    if (at < last || digits == 0 || whole > precision - scale) {
      return INVALID;
    }
    long unscaled = value * PowersOfTen.of(scale - fraction);
    return negative ? -unscaled : unscaled;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  /**
   * A number as its unscaled value, or {@link #INVALID}. It is rounded to the scale, half away from
   * zero, because programs write 48858.52 as {@code 48858.520000000004} and 0 as {@code 5.7e-14}.
   *
   * @param scale digits after the point, 0 to 18; the unscaled value has at most 18 digits
   */
  public static long rounded(byte[] b, int start, int end, int scale) {
    int at = Blanks.start(b, start, end);
    int last = Blanks.end(b, at, end);
    boolean negative = at < last && b[at] == '-';
    if (at < last && (b[at] == '-' || b[at] == '+')) {
      at++;
    }
    int mantissaEnd = indexOf(b, at, last, 'e', 'E');
    int exponent = exponent(b, mantissaEnd, last);
    if (exponent > LARGEST_EXPONENT) {
      return INVALID;
    }
    int point = indexOf(b, at, mantissaEnd, '.', '.');
    int digits = mantissaEnd - at - (point < mantissaEnd ? 1 : 0);
    long value = 0;
    // The power of ten, in units of the result, of the digit that is looked at.
    int power = point - at - 1 + exponent + scale;
    for (; at < mantissaEnd; at++) {
      if (at == point) {
        continue;
      }
      int digit = b[at] - '0';
      if (digit < 0 || digit > 9) {
        return INVALID;
      }
      if (power >= 0) {
        if (value >= PowersOfTen.of(17)) {
          return INVALID;
        }
        value = value * 10 + digit;
      } else if (power == -1 && digit >= 5) {
        value++;
      }
      power--;
    }
    for (; power >= 0 && value != 0; power--) {
      if (value >= PowersOfTen.of(17)) {
        return INVALID;
      }
      value *= 10;
    }
    boolean fits = digits > 0 && value < PowersOfTen.of(18);
    return !fits ? INVALID : negative ? -value : value;
  }

  private static int indexOf(byte[] b, int start, int end, char one, char other) {
    int at = start;
    while (at < end && b[at] != one && b[at] != other) {
      at++;
    }
    return at;
  }

  /** The number after an {@code e}, 0 where there is none, or more than the largest exponent. */
  private static int exponent(byte[] b, int start, int end) {
    if (start == end) {
      return 0;
    }
    int at = start + 1;
    boolean negative = at < end && b[at] == '-';
    if (at < end && (b[at] == '-' || b[at] == '+')) {
      at++;
    }
    int value = at == end ? LARGEST_EXPONENT + 1 : 0;
    for (; at < end; at++) {
      int digit = b[at] - '0';
      if (digit < 0 || digit > 9 || value > LARGEST_EXPONENT) {
        return LARGEST_EXPONENT + 1;
      }
      value = value * 10 + digit;
    }
    return value > LARGEST_EXPONENT ? value : negative ? -value : value;
  }
}
