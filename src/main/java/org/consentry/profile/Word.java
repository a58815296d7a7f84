package org.consentry.profile;

/** One word of a text with how it is written and what the list of names knows of it. Reused. */
final class Word {

  /** How a word is written. */
  enum Shape {
    /** Without a capital letter, or capitals inside only. */
    LOWER,
    /** A capital letter, then at least one small letter. */
    TITLE,
    /** Two or more capital letters. */
    UPPER,
    /** One capital letter. */
    INITIAL
  }

  private static final int LONGEST = 40;

  int start;
  int end;
  int letters;
  long hash;

  /** The sum of {@link NameList} constants. */
  int known;

  Shape shape = Shape.LOWER;

  /** Whether digits follow the letters, as in the names of made-up patients. */
  boolean numbered;

  /**
   * Reads the word that begins at a letter: letters, and apostrophes between letters, but for a
   * possessive {@code 's}. Digits behind three letters or more belong to it.
   */
  void read(CharSequence text, int at) {
    start = at;
    letters = 0;
    hash = WordTable.start();
    int upper = 0;
    int i = at;
    while (i < text.length() && i - at < LONGEST) {
      char c = text.charAt(i);
      if (Chars.isLetter(c)) {
        hash = WordTable.add(hash, Chars.fold(c));
        letters++;
        upper += Chars.isUpper(c) ? 1 : 0;
      } else if (!(Chars.isApostrophe(c) && isInside(text, i)) && !isMark(c)) {
        break;
      }
      i++;
    }
    end = i;
    numbered = false;
    int digits = letters >= 3 ? Chars.digitsEnd(text, Math.min(i, text.length())) : i;
    if (digits > i && digits - i <= 4 && !Chars.isLetter(Chars.at(text, digits))) {
      numbered = true;
      end = digits;
    }
    known = NameList.of(hash);
    shape = shape(text, at, upper);
  }

  boolean is(int property) {
    return (known & property) != 0;
  }

  /** Whether it is a name and no ordinary word. */
  boolean isName() {
    return known != 0 && !is(NameList.ORDINARY);
  }

  boolean isGiven() {
    return is(NameList.GIVEN) && !is(NameList.ORDINARY);
  }

  boolean isFamily() {
    return is(NameList.FAMILY) && !is(NameList.ORDINARY);
  }

  boolean isCapital() {
    return shape == Shape.TITLE || shape == Shape.UPPER;
  }

  private Shape shape(CharSequence text, int at, int upper) {
    if (!Chars.isUpper(text.charAt(at))) {
      return Shape.LOWER;
    }
    if (letters == 1) {
      return Shape.INITIAL;
    }
    return upper == letters ? Shape.UPPER : Shape.TITLE;
  }

  private static boolean isMark(char c) {
    return c >= '\u0300' && c <= '\u036f';
  }

  private static boolean isInside(CharSequence text, int apostrophe) {
    char next = Chars.at(text, apostrophe + 1);
    boolean possessive =
        (next == 's' || next == 'S') && !Chars.isLetter(Chars.at(text, apostrophe + 2));
    return Chars.isLetter(next) && !possessive;
  }
}
