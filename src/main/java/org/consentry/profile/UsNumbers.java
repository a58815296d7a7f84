package org.consentry.profile;

/** Numbers of the United States that are decided by their digits alone. */
final class UsNumbers {

  private UsNumbers() {}

  /**
   * End of a social security number with separators, {@code 123-45-6789}. The area is not 000 or
   * 666, group and serial are not 0 (SSA, POMS RM 10201). Areas from 900 on are taxpayer numbers of
   * the same form (26 CFR 301.6109-1(d)(3)).
   */
  static int ssnEnd(Groups groups) {
    return groups.shaped(3, 2, 4)
            && groups.separatedBy("- .", 3)
            && isSsn(groups.number(0), groups.number(1), groups.number(2))
        ? groups.end(2)
        : Chars.NONE;
  }

  /** Whether nine digits may be a social security number. */
  static boolean isSsn(int area, int group, int serial) {
    return area != 0 && area != 666 && group != 0 && serial != 0;
  }

  /** End of a ZIP code of nine digits, {@code 86515-1234} (USPS Publication 28). */
  static int zip4End(Groups groups) {
    return groups.shaped(5, 4) && groups.separator(0) == '-' && groups.number(0) > 500
        ? groups.end(1)
        : Chars.NONE;
  }

  /** End of a national provider identifier, Luhn over 80840 and its ten digits (45 CFR 162.406). */
  static int npiEnd(CharSequence text, Groups groups, byte[] digits) {
    if (groups.length(0) != 10
        || !groups.endsAfter(1)
        || Chars.at(text, groups.start(0) - 1) == '.') {
      return Chars.NONE;
    }
    groups.digits(1, digits);
    return isNpi(digits) && !CheckDigits.isSnomed(digits, 10) ? groups.end(0) : Chars.NONE;
  }

  private static boolean isNpi(byte[] digits) {
    // The prefix 80840 adds 24 to the sum.
    boolean first = digits[0] == 1 || digits[0] == 2;
    return first && (CheckDigits.luhnSum(digits, 10) + 24) % 10 == 0;
  }
}
