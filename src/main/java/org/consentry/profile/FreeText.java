package org.consentry.profile;

/**
 * What distinguishes written text from codes and labels: a line break, more than three blanks,
 * length.
 */
final class FreeText {

  /** Codes and labels have no more characters. */
  static final int LONGEST_CODE = 64;

  /** Codes and labels have no more blanks between their words. */
  static final int MOST_BLANKS = 3;

  private FreeText() {}

  /** Whether a cell is text that a person wrote. */
  static boolean is(CharSequence value) {
    int blanks = 0;
    int words = 0;
    boolean inside = false;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (Chars.isLineBreak(c)) {
        return true;
      }
      if (Chars.isBlank(c)) {
        blanks += inside ? 1 : 0;
        inside = false;
      } else {
        words += inside ? 0 : 1;
        inside = true;
      }
      if (words > MOST_BLANKS + 1) {
        return true;
      }
    }
    return blanks > 0 && words > 1 && value.length() > LONGEST_CODE;
  }
}
