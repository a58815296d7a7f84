package org.consentry.profile;

/**
 * Postal codes of letters and digits in two parts: of the United Kingdom (BS 7666, appendix B) and
 * of Canada (Canada Post, Addressing Guidelines). A blank is between the parts.
 */
final class PostCodes {

  private static final String NOT_CANADIAN = "DFIOQU";
  private static final String NOT_INWARD = "CIKMOV";

  private PostCodes() {}

  /** End of a postal code whose first part is a word. */
  static int end(CharSequence text, int start, int wordEnd) {
    int length = wordEnd - start;
    if (length < 2 || length > 4 || Chars.at(text, wordEnd) != ' ' || !isCapital(text, start)) {
      return Chars.NONE;
    }
    int second = wordEnd + 1;
    int end = second + 3;
    if (end > text.length()
        || Chars.isWord(Chars.at(text, end))
        || !Chars.isDigit(text.charAt(second))
        || Chars.isWord(Chars.at(text, start - 1))) {
      return Chars.NONE;
    }
    return isCanadian(text, start, second, length) || isBritish(text, start, second, length)
        ? end
        : Chars.NONE;
  }

  private static boolean isCanadian(CharSequence text, int start, int second, int length) {
    return length == 3
        && isAllowed(text, start, NOT_CANADIAN)
        && Chars.isDigit(text.charAt(start + 1))
        && isAllowed(text, start + 2, NOT_CANADIAN)
        && isAllowed(text, second + 1, NOT_CANADIAN)
        && Chars.isDigit(text.charAt(second + 2));
  }

  private static boolean isBritish(CharSequence text, int start, int second, int length) {
    if (!isAllowed(text, second + 1, NOT_INWARD) || !isAllowed(text, second + 2, NOT_INWARD)) {
      return false;
    }
    int area = isCapital(text, start + 1) ? 2 : 1;
    int district = length - area;
    boolean first = district >= 1 && district <= 2 && Chars.isDigit(text.charAt(start + area));
    char last = text.charAt(start + length - 1);
    return first && (district == 1 || Chars.isDigit(last) || isCapital(text, start + length - 1));
  }

  private static boolean isCapital(CharSequence text, int at) {
    char c = text.charAt(at);
    return c >= 'A' && c <= 'Z';
  }

  private static boolean isAllowed(CharSequence text, int at, String not) {
    return isCapital(text, at) && not.indexOf(text.charAt(at)) < 0;
  }
}
