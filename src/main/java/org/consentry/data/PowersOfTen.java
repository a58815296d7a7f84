package org.consentry.data;

/** The powers of ten that fit in 64 bits. */
public final class PowersOfTen {

  private static final long[] POWERS = new long[19];

  static {
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = POWERS[i - 1] * 10;
    }
  }

  private PowersOfTen() {}

  /** Ten to the power of 0 to 18. */
  public static long of(int exponent) {
    return POWERS[exponent];
  }
}
