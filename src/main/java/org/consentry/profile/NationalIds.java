package org.consentry.profile;

/**
 * Numbers of other countries in digits, where groups and check digits make them certain. A plain
 * run of nine or ten digits with one check digit is not certain: one of ten or eleven numbers has
 * it; see {@link #mayBe}.
 */
final class NationalIds {

  private NationalIds() {}

  /** End of a number that is written in its groups, or that has several checks. */
  static int end(Groups groups, byte[] digits) {
    int length = groups.digits(1, digits);
    if (length == 15 && groups.endsAfter(1) && isFrench(digits)) {
      return groups.end(0);
    }
    if (length == 11 && groups.endsAfter(1) && (isNorwegian(digits) || isBrazilian(digits))) {
      return groups.end(0);
    }
    if (groups.count() == 1) {
      return Chars.NONE;
    }
    int used = grouped(groups, digits);
    return used == 0 ? Chars.NONE : groups.end(used - 1);
  }

  private static int grouped(Groups groups, byte[] digits) {
    char separator = groups.separator(0);
    boolean blanks = separator == ' ' || separator == '-';
    if (blanks && groups.shaped(3, 3, 4) && groups.separatedBy(" ", 3)) {
      groups.digits(3, digits);
      return isNhs(digits) ? 3 : 0;
    }
    if (blanks && groups.shaped(3, 3, 3) && groups.separatedBy(" -", 3)) {
      groups.digits(3, digits);
      return isCanadian(digits) || isAustralianTax(digits) ? 3 : 0;
    }
    if (groups.shaped(3, 3, 3, 2)) {
      groups.digits(4, digits);
      return separator == '.' && groups.separator(2) == '-' && isBrazilian(digits) ? 4 : 0;
    }
    if (groups.shaped(4, 4, 4) && groups.separatedBy(" -", 3)) {
      groups.digits(3, digits);
      return digits[0] > 1 && CheckDigits.verhoeff(digits, 12) ? 3 : 0;
    }
    if (groups.shaped(4, 5, 1) && groups.separatedBy(" -", 3)) {
      groups.digits(3, digits);
      return isAustralianHealth(digits) ? 3 : 0;
    }
    if (groups.shaped(2, 3, 3, 3) && groups.separatedBy(" ", 4)) {
      groups.digits(4, digits);
      return isGermanTax(digits) ? 4 : 0;
    }
    if (groups.shaped(3, 4, 4, 2) && groups.separatedBy(".", 4)) {
      groups.digits(4, digits);
      return groups.number(0) == 756 && CheckDigits.gs1(digits, 13) ? 4 : 0;
    }
    if (groups.shaped(2, 2, 2, 3, 2) && separator == '.') {
      groups.digits(5, digits);
      return isBelgian(digits) ? 5 : 0;
    }
    if (groups.count() >= 6 && groups.length(0) == 1 && groups.length(1) == 2) {
      return french(groups, digits);
    }
    return separator == '-' && groups.endsAfter(2) ? nordic(groups, digits) : 0;
  }

  private static int french(Groups groups, byte[] digits) {
    int used = groups.count() >= 7 && groups.shaped(1, 2, 2, 2, 3, 3, 2) ? 7 : 0;
    used = used == 0 && groups.shaped(1, 2, 2, 2, 3, 3) ? 6 : used;
    if (used == 0 || groups.digits(used, digits) < 13 || !groups.separatedBy(" .", used)) {
      return 0;
    }
    return used == 7 && isFrench(digits) ? 7 : 0;
  }

  /** Swedish and Danish numbers: date of birth, hyphen, four digits. */
  private static int nordic(Groups groups, byte[] digits) {
    if (groups.length(1) != 4 || (groups.length(0) != 6 && groups.length(0) != 8)) {
      return 0;
    }
    int length = groups.digits(2, digits);
    int first = length - 10;
    int a = digits[first] * 10 + digits[first + 1];
    int b = digits[first + 2] * 10 + digits[first + 3];
    int c = digits[first + 4] * 10 + digits[first + 5];
    boolean swedish = Dates.isDay(b, c) && CheckDigits.luhn(last(digits, length), 10);
    boolean danish = first == 0 && Dates.isDay(b, a);
    return swedish || danish ? 2 : 0;
  }

  private static byte[] last(byte[] digits, int length) {
    byte[] last = new byte[10];
    System.arraycopy(digits, length - 10, last, 0, 10);
    return last;
  }

  /** Whether a plain run of digits has a check digit of some country. */
  static boolean mayBe(byte[] digits, int length) {
    return switch (length) {
      case 9 -> isDutch(digits) || isCanadian(digits) || isPortuguese(digits);
      case 10 ->
          isNhs(digits)
              || (CheckDigits.luhn(digits, 10)
                  && Dates.isDay(digits[2] * 10 + digits[3], digits[4] * 10 + digits[5]));
      case 11 -> isGermanTax(digits) || isPolish(digits) || isBelgian(digits);
      case 13 -> digits[0] == 7 && digits[1] == 5 && digits[2] == 6 && CheckDigits.gs1(digits, 13);
      default -> false;
    };
  }

  /** United Kingdom: NHS number, modulus 11 (NHS Data Dictionary). */
  static boolean isNhs(byte[] d) {
    int check = 11 - CheckDigits.weighted(d, 10, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
    return (check == 11 ? 0 : check) == d[9] && check != 10;
  }

  /** Netherlands: burgerservicenummer, eleven-test. */
  static boolean isDutch(byte[] d) {
    int sum = CheckDigits.weighted(d, 9, 8, 7, 6, 5, 4, 3, 2, -1);
    return sum != 0 && sum % 11 == 0;
  }

  /** Canada: social insurance number, Luhn. */
  static boolean isCanadian(byte[] d) {
    return d[0] != 0 && d[0] != 8 && CheckDigits.luhn(d, 9);
  }

  private static boolean isPortuguese(byte[] d) {
    int check = 11 - CheckDigits.weighted(d, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
    return d[0] != 0 && d[0] != 4 && (check > 9 ? 0 : check) == d[8];
  }

  private static boolean isAustralianTax(byte[] d) {
    int sum = CheckDigits.weighted(d, 1, 4, 3, 7, 5, 8, 6, 9, 10);
    return sum != 0 && sum % 11 == 0;
  }

  private static boolean isAustralianHealth(byte[] d) {
    return d[0] >= 2 && d[0] <= 6 && CheckDigits.weighted(d, 1, 3, 7, 9, 1, 3, 7, 9) % 10 == d[8];
  }

  /** Germany: tax identification number, one digit of the first ten twice or three times. */
  static boolean isGermanTax(byte[] d) {
    int[] seen = new int[10];
    int repeated = 0;
    int most = 0;
    for (int i = 0; i < 10; i++) {
      seen[d[i]]++;
      most = Math.max(most, seen[d[i]]);
    }
    for (int count : seen) {
      repeated += count > 1 ? 1 : 0;
    }
    return d[0] != 0 && repeated == 1 && most <= 3 && CheckDigits.mod11And10(d, 11);
  }

  private static boolean isPolish(byte[] d) {
    int month = (d[2] * 10 + d[3]) % 20;
    return Dates.isDay(month, d[4] * 10 + d[5])
        && CheckDigits.weighted(d, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1) % 10 == 0;
  }

  private static boolean isNorwegian(byte[] d) {
    return Dates.isDay(d[2] * 10 + d[3], d[0] * 10 + d[1])
        && CheckDigits.weighted(d, 3, 7, 6, 1, 8, 9, 4, 5, 2, 1) % 11 == 0
        && CheckDigits.weighted(d, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1) % 11 == 0;
  }

  private static boolean isBelgian(byte[] d) {
    int check = d[9] * 10 + d[10];
    int old = 97 - CheckDigits.modulo(d, 0, 9, 97);
    // People born from 2000 on have a 2 before the nine digits.
    int recent = 97 - (int) ((2_000_000_000L % 97 + CheckDigits.modulo(d, 0, 9, 97)) % 97);
    return d[2] * 10 + d[3] <= 12 && d[4] * 10 + d[5] <= 31 && (check == old || check == recent);
  }

  /** Brazil: CPF, two check digits. */
  private static boolean isBrazilian(byte[] d) {
    boolean same = true;
    for (int i = 1; i < 11; i++) {
      same &= d[i] == d[0];
    }
    int first = CheckDigits.weighted(d, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10;
    int second = CheckDigits.weighted(d, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10;
    return !same && first == d[9] && second == d[10];
  }

  /** France: number of the national register, sex, year, month, and 97 minus the rest modulo 97. */
  private static boolean isFrench(byte[] d) {
    int month = d[3] * 10 + d[4];
    boolean form =
        (d[0] == 1 || d[0] == 2) && ((month >= 1 && month <= 12) || (month >= 20 && month <= 42));
    return form && 97 - CheckDigits.modulo(d, 0, 13, 97) == d[13] * 10 + d[14];
  }
}
