package org.consentry.transform;

import org.consentry.data.IsoDates;

/** Reads numbers from bytes without making objects. Spaces around a number are not part of it. */
final class Numbers {

  /** The bytes are not such a number. */
  static final long INVALID = IsoDates.INVALID;

  private static final long[] POWERS = powers();

  private Numbers() {}

  /** A whole number of at most 18 digits; {@code 12.0} is whole. */
  static long integer(byte[] b, int start, int end) {
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
  static long decimal(byte[] b, int start, int end, int precision, int scale) {
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
    long value = 0;
    long limit = POWERS[precision];
    int digits = 0;
    int fraction = -1;
    for (; at < last; at++) {
      int digit = b[at] - '0';
      if (digit >= 0 && digit <= 9) {
        digits++;
        if (fraction < 0 || fraction < scale) {
          value = value * 10 + digit;
          fraction = fraction < 0 ? -1 : fraction + 1;
          if (value >= limit) {
            return INVALID;
          }
        } else if (digit != 0) {
          return INVALID;
        }
      } else if (b[at] == '.' && fraction < 0) {
        fraction = 0;
      } else {
        return INVALID;
      }
    }
    if (digits == 0) {
      return INVALID;
    }
    long unit = POWERS[scale - Math.max(0, fraction)];
    if (value >= limit / unit) {
      return INVALID;
    }
    return negative ? -value * unit : value * unit;
  }

  /** Ten to the power of 0 to 18. */
  static long power(int exponent) {
    return POWERS[exponent];
  }

  private static long[] powers() {
    long[] powers = new long[19];
    powers[0] = 1;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = powers[i - 1] * 10;
    }
    return powers;
  }
}
