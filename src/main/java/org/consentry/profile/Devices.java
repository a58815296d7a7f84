package org.consentry.profile;

/**
 * Devices: unique device identifiers with production data (GS1 General Specifications, HIBC, ISBT
 * 128; 21 CFR 830), and hardware addresses (IEEE 802).
 */
final class Devices {

  private static final int LONGEST = 200;

  private Devices() {}

  /** End of a GS1 identifier that begins with {@code (01)}: an item, then a lot, serial or date. */
  static int gs1End(CharSequence text, int start) {
    if (!isTag(text, start, '0', '1') || Chars.digitsEnd(text, start + 4) != start + 18) {
      return Chars.NONE;
    }
    int at = start + 18;
    boolean produced = false;
    while (at < text.length() && at - start < LONGEST) {
      boolean tag =
          isTag(text, at, '2', '1')
              || isTag(text, at, '1', '0')
              || isTag(text, at, '1', '1')
              || isTag(text, at, '1', '7');
      if (!tag) {
        break;
      }
      produced = true;
      at += 4;
      while (at < text.length()
          && at - start < LONGEST
          && (Chars.isWord(text.charAt(at)) || "-._/+".indexOf(text.charAt(at)) >= 0)) {
        at++;
      }
    }
    return produced ? at : Chars.NONE;
  }

  /**
   * End of a GS1 identifier without parentheses: 01, an item with check digit, then a further part.
   */
  static int plainGs1End(CharSequence text, int start, int wordEnd, byte[] digits) {
    if (wordEnd - start < 20
        || text.charAt(start) != '0'
        || text.charAt(start + 1) != '1'
        || Chars.digitsEnd(text, start) < start + 18) {
      return Chars.NONE;
    }
    for (int i = 0; i < 14; i++) {
      digits[i] = (byte) (text.charAt(start + 2 + i) - '0');
    }
    boolean part =
        switch (Chars.number(text, start + 16, start + 18)) {
          case 10, 11, 17, 21 -> true;
          default -> false;
        };
    return part && CheckDigits.gs1(digits, 14) ? wordEnd : Chars.NONE;
  }

  private static boolean isTag(CharSequence text, int at, char first, char second) {
    return Chars.at(text, at) == '('
        && Chars.at(text, at + 1) == first
        && Chars.at(text, at + 2) == second
        && Chars.at(text, at + 3) == ')'
        && Chars.isWord(Chars.at(text, at + 4));
  }

  /** End of a HIBC identifier, {@code +H123ABC01234567890/$$420020216LOT123}, or of ISBT 128. */
  static int otherEnd(CharSequence text, int start) {
    boolean hibc =
        text.charAt(start) == '+'
            && Chars.isUpper(Chars.at(text, start + 1))
            && Chars.isDigit(Chars.at(text, start + 2));
    boolean isbt =
        text.charAt(start) == '='
            && Chars.at(text, start + 1) == '/'
            && Chars.isUpper(Chars.at(text, start + 2));
    if (!hibc && !isbt) {
      return Chars.NONE;
    }
    int at = start + 1;
    boolean produced = false;
    while (at < text.length()
        && at - start < LONGEST
        && (Chars.isWord(text.charAt(at)) || "$/+=,&-.*%".indexOf(text.charAt(at)) >= 0)) {
      char c = text.charAt(at);
      produced |= at > start + 6 && (c == '/' || c == '=' || c == '$');
      at++;
    }
    return produced && at - start > 12 ? at : Chars.NONE;
  }

  /** End of a hardware address, six pairs of hexadecimal digits. */
  static int hardwareEnd(CharSequence text, int start) {
    char separator = Chars.at(text, start + 2);
    if (separator != ':' && separator != '-') {
      return Chars.NONE;
    }
    for (int i = 0; i < 6; i++) {
      int at = start + 3 * i;
      boolean pair = Chars.isHex(Chars.at(text, at)) && Chars.isHex(Chars.at(text, at + 1));
      if (!pair || (i < 5 && Chars.at(text, at + 2) != separator)) {
        return Chars.NONE;
      }
    }
    int end = start + 17;
    return Chars.isAlone(text, start, end) && Chars.at(text, end) != separator ? end : Chars.NONE;
  }
}
