package org.consentry.connector.csv;

/**
 * The CRC-32C (RFC 3720 section 12.1) of two byte strings one after the other, from those of each.
 * A CRC is a remainder of polynomials over GF(2); appending n bytes multiplies by x to the 8n.
 */
final class Crc32cJoin {

  /** The polynomial of CRC-32C without its first term, lowest power in the highest bit. */
  private static final int POLYNOMIAL = 0x82F63B78;

  private static final int ONE = 1 << 31;
  private static final int X_TO_THE_8 = 1 << 23;

  private Crc32cJoin() {}

  /** CRC of the first string and then the second, which has {@code secondLength} bytes. */
  static int join(int first, int second, long secondLength) {
    int power = ONE;
    int square = X_TO_THE_8;
    for (long rest = secondLength; rest != 0; rest >>>= 1) {
      if ((rest & 1) != 0) {
        power = multiply(power, square);
      }
      square = multiply(square, square);
    }
    return multiply(power, first) ^ second;
  }

  private static int multiply(int a, int b) {
    int product = 0;
    int shifted = b;
    for (int bit = ONE; bit != 0; bit >>>= 1) {
      if ((a & bit) != 0) {
        product ^= shifted;
      }
      shifted = (shifted & 1) != 0 ? (shifted >>> 1) ^ POLYNOMIAL : shifted >>> 1;
    }
    return product;
  }
}
