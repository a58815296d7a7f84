package org.consentry.profile;

/** Check digits over digits 0 to 9 in an array. */
final class CheckDigits {

  private static final int[][] D5 = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, {1, 2, 3, 4, 0, 6, 7, 8, 9, 5}, {2, 3, 4, 0, 1, 7, 8, 9, 5, 6},
    {3, 4, 0, 1, 2, 8, 9, 5, 6, 7}, {4, 0, 1, 2, 3, 9, 5, 6, 7, 8}, {5, 9, 8, 7, 6, 0, 4, 3, 2, 1},
    {6, 5, 9, 8, 7, 1, 0, 4, 3, 2}, {7, 6, 5, 9, 8, 2, 1, 0, 4, 3}, {8, 7, 6, 5, 9, 3, 2, 1, 0, 4},
    {9, 8, 7, 6, 5, 4, 3, 2, 1, 0}
  };

  private static final int[][] TURNS = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, {1, 5, 7, 6, 2, 8, 3, 0, 9, 4}, {5, 8, 0, 3, 7, 9, 6, 1, 4, 2},
    {8, 9, 1, 6, 0, 4, 3, 5, 2, 7}, {9, 4, 5, 3, 1, 2, 6, 8, 7, 0}, {4, 2, 8, 6, 5, 7, 3, 9, 0, 1},
    {2, 7, 9, 3, 8, 0, 6, 4, 1, 5}, {7, 0, 4, 6, 9, 1, 3, 2, 5, 8}
  };

  private CheckDigits() {}

  /** Luhn's formula (ISO/IEC 7812-1, annex B). */
  static boolean luhn(byte[] digits, int length) {
    return luhnSum(digits, length) % 10 == 0;
  }

  /** The sum of Luhn's formula. */
  static int luhnSum(byte[] digits, int length) {
    int sum = 0;
    for (int i = 0; i < length; i++) {
      int digit = digits[length - 1 - i];
      int twice = digit * 2;
      sum += i % 2 == 0 ? digit : twice > 9 ? twice - 9 : twice;
    }
    return sum;
  }

  /** Verhoeff's dihedral check digit (SNOMED CT identifiers, Aadhaar). */
  static boolean verhoeff(byte[] digits, int length) {
    int check = 0;
    for (int i = 0; i < length; i++) {
      check = D5[check][TURNS[i % 8][digits[length - 1 - i]]];
    }
    return check == 0;
  }

  /** The sum of digits times weights. */
  static int weighted(byte[] digits, int... weights) {
    int sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += digits[i] * weights[i];
    }
    return sum;
  }

  /** ISO/IEC 7064, MOD 11,10: German tax numbers. */
  static boolean mod11And10(byte[] digits, int length) {
    int product = 10;
    for (int i = 0; i < length - 1; i++) {
      int sum = (digits[i] + product) % 10;
      product = (sum == 0 ? 10 : sum) * 2 % 11;
    }
    return (11 - product) % 10 == digits[length - 1];
  }

  /** GS1: weights 3 and 1 from the right, the check digit last. */
  static boolean gs1(byte[] digits, int length) {
    int sum = 0;
    for (int i = 0; i < length; i++) {
      sum += digits[length - 1 - i] * (i % 2 == 0 ? 1 : 3);
    }
    return sum % 10 == 0;
  }

  /** The number that digits are, modulo another. */
  static int modulo(byte[] digits, int start, int end, int modulus) {
    int rest = 0;
    for (int i = start; i < end; i++) {
      rest = (rest * 10 + digits[i]) % modulus;
    }
    return rest;
  }

  /**
   * Whether digits are an identifier of SNOMED CT: a valid check digit, and the partition of a
   * concept, description or relationship (SNOMED CT Release File Specification, 6.4).
   */
  static boolean isSnomed(byte[] digits, int length) {
    if (length < 6 || length > 18 || !verhoeff(digits, length)) {
      return false;
    }
    int format = digits[length - 3];
    boolean partition = digits[length - 2] <= 2;
    return partition && ((format == 0 && length <= 10) || (format == 1 && length > 10));
  }
}
