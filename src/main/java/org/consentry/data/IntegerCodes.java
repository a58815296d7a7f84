package org.consentry.data;

import java.util.BitSet;

/**
 * Codes that are whole numbers, for recipients whose tables have integer keys (OMOP CDM 5.4): ten
 * digits, the first of which is 1, from {@value #LEAST} to {@value #GREATEST}. They fit into 32
 * bits with a sign, and a floating-point number has each of them exactly.
 *
 * <p>They are numbered from 0 to {@link #COUNT} - 1. A number of ten digits that is a national
 * provider identifier (45 CFR 162.406) is no code, so that none is taken for one; a telephone
 * number of the United States does not begin with 1.
 */
public final class IntegerCodes {

  /** Digits of a code. */
  public static final int DIGITS = 10;

  /** How many codes there are. */
  public static final int COUNT = 900_000_000;

  /** No code is less. */
  public static final int LEAST = 1_000_000_000;

  /** No code is greater. */
  public static final int GREATEST = 1_999_999_999;

  /** The digits of 80840, which precede an identifier of providers, add this to its sum. */
  private static final int PROVIDERS = 24;

  private static final int WITHOUT_LAST = LEAST / 10;
  private static final int LAST_DIGITS = 9;

  private IntegerCodes() {}

  /**
   * The code of a number: no two numbers have the same.
   *
   * @param number 0 to {@link #COUNT} - 1
   */
  public static int of(int number) {
    if (number < 0 || number >= COUNT) {
      throw new IllegalArgumentException("there are " + COUNT + " integer codes");
    }
    int front = WITHOUT_LAST + number / LAST_DIGITS;
    int last = number % LAST_DIGITS;
    return 10 * front + (last < checkDigit(front) ? last : last + 1);
  }

  /** The last digit with which nine digits are a provider's identifier (Luhn). */
  private static int checkDigit(int nineDigits) {
    int sum = PROVIDERS;
    boolean doubles = true;
    for (int left = nineDigits; left > 0; left /= 10) {
      int digit = doubles ? 2 * (left % 10) : left % 10;
      sum += digit > 9 ? digit - 9 : digit;
      doubles = !doubles;
    }
    return (10 - sum % 10) % 10;
  }

  /** Writes the digits of a code to positions from {@code at}. */
  static void write(int code, byte[] text, int at) {
    int left = code;
    for (int i = DIGITS - 1; i >= 0; i--) {
      text[at + i] = (byte) ('0' + left % 10);
      left /= 10;
    }
  }

  /** The number that is written in {@value #DIGITS} digits from {@code start}. */
  public static long read(byte[] text, int start) {
    long code = 0;
    for (int i = start; i < start + DIGITS; i++) {
      code = 10 * code + text[i] - '0';
    }
    return code;
  }

  /** The digits of a column of codes. */
  public static BytesColumn texts(LongColumn codes) {
    BitSet missing = new BitSet();
    for (int row = 0; row < codes.rows(); row++) {
      missing.set(row, codes.isMissing(row));
    }
    BytesColumn texts = CodeForm.INTEGER.emptyColumn(codes.rows(), row -> !missing.get(row));
    for (int row = 0; row < codes.rows(); row++) {
      if (!missing.get(row)) {
        write((int) codes.values()[row], texts.buffer(), texts.starts()[row]);
      }
    }
    return texts;
  }
}
