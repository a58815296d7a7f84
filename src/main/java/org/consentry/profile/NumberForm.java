package org.consentry.profile;

/**
 * How a number is written: an optional sign, digits, a point with more digits, and an exponent.
 *
 * @param whole digits before the point
 * @param fraction digits after it
 * @param hasPoint whether there is a point
 * @param hasExponent whether there is an exponent
 * @param isPadded whether the digits begin with a needless zero
 */
record NumberForm(
    int whole, int fraction, boolean hasPoint, boolean hasExponent, boolean isPadded) {

  private static final int MOST_DIGITS = 30;
  private static final int DIGITS_OF_INTEGER = 18;
  private static final int DIGITS_OF_EXPONENT = 3;
  private static final NumberForm NONE = new NumberForm(0, 0, false, false, false);

  /** The form of a value; one that is no number has no digits. */
  static NumberForm of(String value) {
    int start = isSign(value, 0) ? 1 : 0;
    int point = Chars.digitsEnd(value, start);
    boolean hasPoint = point < value.length() && value.charAt(point) == '.';
    int end = hasPoint ? Chars.digitsEnd(value, point + 1) : point;
    int fraction = hasPoint ? end - point - 1 : 0;
    boolean hasExponent = end < value.length() && (value.charAt(end) | 0x20) == 'e';
    if ((hasPoint && fraction == 0)
        || (hasExponent ? !isExponent(value, end) : end < value.length())) {
      return NONE;
    }
    boolean padded = point - start > 1 && value.charAt(start) == '0';
    return new NumberForm(point - start, fraction, hasPoint, hasExponent, padded);
  }

  /** A whole number of at most 18 digits. */
  boolean isInteger() {
    return whole > 0 && whole <= DIGITS_OF_INTEGER && !hasPoint && !hasExponent && !isPadded;
  }

  /** A number, with or without a point or an exponent. */
  boolean isDecimal() {
    return whole + fraction > 0 && whole <= MOST_DIGITS && fraction <= MOST_DIGITS && !isPadded;
  }

  /** Digits with or without a point, which may begin with zeros. */
  boolean isPlain() {
    return whole > 0 && whole <= MOST_DIGITS && fraction <= MOST_DIGITS && !hasExponent;
  }

  private static boolean isExponent(String value, int e) {
    int start = isSign(value, e + 1) ? e + 2 : e + 1;
    int end = Chars.digitsEnd(value, start);
    return end == value.length() && end > start && end - start <= DIGITS_OF_EXPONENT;
  }

  private static boolean isSign(String value, int at) {
    return at < value.length() && (value.charAt(at) == '-' || value.charAt(at) == '+');
  }
}
