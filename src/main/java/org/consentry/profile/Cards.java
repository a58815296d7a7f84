package org.consentry.profile;

/**
 * Payment cards: an issuer's range, its length and Luhn's check digit (ISO/IEC 7812-1), in one run
 * or in the groups that are printed on cards. Thirteen digits that may be the number of a product
 * (GS1) are no card: products of Germany begin with 4 as well.
 */
final class Cards {

  private Cards() {}

  /** End of a card number that begins with a digit. */
  static int end(CharSequence text, Groups groups, byte[] digits) {
    int used = 1;
    if (groups.length(0) == 4 && groups.count() >= 3) {
      used = printed(groups);
    }
    if (used == 0 || !groups.endsAfter(used)) {
      return Chars.NONE;
    }
    int length = groups.digits(used, digits);
    boolean card =
        length >= 12
            && length <= 19
            && isIssued(digits, length)
            && CheckDigits.luhn(digits, length)
            && !(used == 1 && CheckDigits.isSnomed(digits, length))
            && !(length == 13 && CheckDigits.gs1(digits, length));
    boolean part = used == 1 && Chars.at(text, groups.start(0) - 1) == '.';
    return card && !part ? groups.end(used - 1) : Chars.NONE;
  }

  private static int printed(Groups groups) {
    if (groups.length(1) == 6 && groups.separatedBy(" -", 3)) {
      return groups.length(2) == 5 || groups.length(2) == 4 ? 3 : 0;
    }
    int used = 1;
    while (used < groups.count()
        && used < 5
        && groups.separator(used - 1) == groups.separator(0)
        && groups.length(used) <= 4) {
      used++;
    }
    return groups.separatedBy(" -", used) && used >= 4 ? used : 0;
  }

  private static boolean isIssued(byte[] digits, int length) {
    int two = digits[0] * 10 + digits[1];
    int four = two * 100 + digits[2] * 10 + digits[3];
    boolean sixteen = length == 16;
    return switch (digits[0]) {
      case 4 -> length == 13 || sixteen || length == 19;
      case 5 ->
          (sixteen && two >= 51 && two <= 55)
              || (isMaestro(two) && (length >= 14 || isShort(four)));
      case 2 ->
          (sixteen && four >= 2221 && four <= 2720)
              || ((four == 2131 || four == 2149) && length == 15);
      case 3 ->
          ((two == 34 || two == 37) && length == 15)
              || (isDiners(two, four) && length == 14)
              || (two == 35 && length >= 16);
      case 6 ->
          (isDiscover(two, four) || two == 62 || isMaestro(two))
              && (sixteen || length == 19 || isShort(four));
      case 0 -> four == 604 && length == 12;
      case 1 -> four == 1800 && length == 15;
      default -> false;
    };
  }

  private static boolean isDiners(int two, int four) {
    return two == 36 || two == 38 || two == 39 || (four >= 3000 && four <= 3059);
  }

  private static boolean isDiscover(int two, int four) {
    return four == 6011 || two == 65 || (four >= 6440 && four <= 6499);
  }

  private static boolean isMaestro(int two) {
    return two == 50 || (two >= 56 && two <= 58) || two == 63 || two == 67;
  }

  /** Ranges of Maestro that have cards of twelve and thirteen digits. */
  private static boolean isShort(int four) {
    return switch (four) {
      case 5018, 5020, 5038, 5893, 6304, 6759, 6761, 6762, 6763 -> true;
      default -> false;
    };
  }
}
