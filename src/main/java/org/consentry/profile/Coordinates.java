package org.consentry.profile;

/** Latitude and longitude: two decimal degrees (ISO 6709), or degrees, minutes and seconds. */
final class Coordinates {

  private static final int FEWEST_DECIMALS = 3;

  private Coordinates() {}

  /** End of two decimal degrees: {@code 42.586487, -71.80521}. */
  static int pairEnd(CharSequence text, int start) {
    int first = decimalEnd(text, start, 90);
    if (first == Chars.NONE) {
      return Chars.NONE;
    }
    int at = hemisphere(text, first);
    int next = at;
    while (next < at + 3
        && (Chars.isBlank(Chars.at(text, next)) || ",;/".indexOf(Chars.at(text, next)) >= 0)) {
      next++;
    }
    if (next == at) {
      return Chars.NONE;
    }
    int sign = Chars.at(text, next) == '-' || Chars.at(text, next) == '+' ? next + 1 : next;
    int second = decimalEnd(text, sign, 180);
    return second == Chars.NONE ? Chars.NONE : hemisphere(text, second);
  }

  /** Whether a whole cell is one decimal degree, with four decimals at least. */
  static boolean isDegree(CharSequence value) {
    int start = Chars.at(value, 0) == '-' || Chars.at(value, 0) == '+' ? 1 : 0;
    int end = decimalEnd(value, start, 180);
    int dot = Chars.digitsEnd(value, start);
    return end == value.length() && end - dot > 4 + 1;
  }

  private static int decimalEnd(CharSequence text, int start, int most) {
    int dot = Chars.digitsEnd(text, start);
    if (dot == start
        || dot - start > 3
        || Chars.at(text, dot) != '.'
        || Chars.number(text, start, dot) > most) {
      return Chars.NONE;
    }
    int end = Chars.digitsEnd(text, dot + 1);
    return end - dot - 1 >= FEWEST_DECIMALS && end - dot < 20 ? end : Chars.NONE;
  }

  private static int hemisphere(CharSequence text, int end) {
    int at = Chars.at(text, end) == '\u00b0' ? end + 1 : end;
    int letter = Chars.isBlank(Chars.at(text, at)) ? at + 1 : at;
    char c = Chars.at(text, letter);
    boolean is =
        (c == 'N' || c == 'S' || c == 'E' || c == 'W') && !Chars.isWord(Chars.at(text, letter + 1));
    return is ? letter + 1 : at;
  }

  /** End of {@code 42°21'30"N}. */
  static int degreesEnd(CharSequence text, int start, Groups groups) {
    if (groups.length(0) > 3 || groups.number(0) > 180) {
      return Chars.NONE;
    }
    int at = groups.end(0);
    if (Chars.at(text, at) != '\u00b0') {
      return Chars.NONE;
    }
    int limit = at + 24;
    boolean minutes = false;
    while (at < limit && at < text.length()) {
      char c = text.charAt(at);
      minutes |= Chars.isApostrophe(c) || c == '\u2032';
      if (minutes
          && (c == 'N' || c == 'S' || c == 'E' || c == 'W' || c == 'O')
          && !Chars.isWord(Chars.at(text, at + 1))) {
        return at + 1;
      }
      boolean inside =
          Chars.isDigit(c)
              || Chars.isBlank(c)
              || Chars.isApostrophe(c)
              || "\u00b0\u2032\u2033\"\u201d.".indexOf(c) >= 0;
      if (!inside) {
        return Chars.NONE;
      }
      at++;
    }
    return Chars.NONE;
  }
}
