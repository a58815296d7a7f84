package org.consentry.profile;

import java.text.Normalizer;

/** Classes of characters, decided without a table of all of Unicode for the ASCII ones. */
final class Chars {

  /** No match. */
  static final int NONE = -1;

  /** Letters U+00C0 to U+024F without their marks, in lower case; 0 for what is no letter. */
  private static final char[] PLAIN = plain();

  private Chars() {}

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isUpper(char c) {
    return c < 128 ? c >= 'A' && c <= 'Z' : Character.isUpperCase(c);
  }

  static boolean isLetter(char c) {
    return c < 128
        ? (c | 32) >= 'a' && (c | 32) <= 'z'
        : Character.isLetter(c) && c != '\u00aa' && c != '\u00ba';
  }

  static boolean isWord(char c) {
    return isDigit(c) || isLetter(c);
  }

  static boolean isHex(char c) {
    return isDigit(c) || ((c | 32) >= 'a' && (c | 32) <= 'f');
  }

  static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\u00a0' || c == '\u202f' || c == '\u2009';
  }

  /**
   * Whether a line ends here: LF, CR, vertical tab, form feed, NEL, line and paragraph separator.
   */
  static boolean isLineBreak(char c) {
    return (c >= '\n' && c <= '\r') || c == '\u0085' || c == '\u2028' || c == '\u2029';
  }

  static boolean isApostrophe(char c) {
    return c == '\'' || c == '\u2019' || c == '\u02bc' || c == '`' || c == '\u00b4';
  }

  static boolean isHyphen(char c) {
    return c == '-' || (c >= '\u2010' && c <= '\u2015') || c == '\u2212';
  }

  /** The letter in lower case without its marks; 0 for what is no letter. */
  static char fold(char c) {
    if (c < 128) {
      return isLetter(c) ? (char) (c | 32) : 0;
    }
    if (c >= 0xC0 && c < 0x250) {
      return PLAIN[c - 0xC0];
    }
    return Character.isLetter(c) ? Character.toLowerCase(c) : 0;
  }

  /** The character, or 0 before the start and after the end. */
  static char at(CharSequence text, int index) {
    return index >= 0 && index < text.length() ? text.charAt(index) : 0;
  }

  /** Whether no letter or digit is before {@code start} and after {@code end}. */
  static boolean isAlone(CharSequence text, int start, int end) {
    return !isWord(at(text, start - 1)) && !isWord(at(text, end));
  }

  /** End of the letters and digits from {@code start} on. */
  static int wordEnd(CharSequence text, int start) {
    int end = start;
    while (end < text.length() && isWord(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /** End of the ASCII digits from {@code start} on. */
  static int digitsEnd(CharSequence text, int start) {
    int end = start;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /** The number that the digits of a range are; at most nine digits. */
  static int number(CharSequence text, int start, int end) {
    int number = 0;
    for (int i = start; i < end; i++) {
      number = number * 10 + text.charAt(i) - '0';
    }
    return number;
  }

  private static char[] plain() {
    char[] plain = new char[0x250 - 0xC0];
    for (int i = 0; i < plain.length; i++) {
      char c = (char) (0xC0 + i);
      if (Character.isLetter(c)) {
        char base = Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFD).charAt(0);
        plain[i] = base < 128 ? (char) (base | 32) : special(Character.toLowerCase(c));
      }
    }
    return plain;
  }

  private static char special(char c) {
    return switch (c) {
      case '\u00e6' -> 'a';
      case '\u00f0', '\u0111' -> 'd';
      case '\u00f8', '\u0153' -> 'o';
      case '\u0142' -> 'l';
      case '\u00df' -> 's';
      case '\u0131' -> 'i';
      case '\u0127' -> 'h';
      default -> c;
    };
  }
}
