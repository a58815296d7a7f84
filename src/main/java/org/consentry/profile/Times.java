package org.consentry.profile;

/** Times of day (ISO 8601 and twelve hours) and ages in words. */
final class Times {

  private static final WordTable UNITS =
      new WordTable(32)
          .words(
              1,
              """
              y yr yrs year years month months mo mos week weeks wk wks day days m w d""")
          .words(
              2,
              """
              yo yof yom yold jahrig jahrige jahriger jahriges""")
          .words(3, "jahre jahren")
          .words(4, "anos ano ans");

  private static final WordTable AFTER_SEX =
      new WordTable(32)
          .words(
              1,
              """
              w with who presents presented presenting here s c hx admitted seen is was has had
              referred status complaining complains came brought transferred""");

  private static final WordTable OLD = new WordTable(8).words(1, "old o alt age aged edad");

  private Times() {}

  /** End of a time of day that begins with a digit. */
  static int timeEnd(CharSequence text, int start, Groups groups) {
    int hours = groups.length(0) <= 2 ? groups.number(0) : 99;
    if (hours > 24 || Chars.at(text, start - 1) == ':') {
      return Chars.NONE;
    }
    int end = groups.end(0);
    boolean minutes =
        groups.count() > 1
            && groups.separator(0) == ':'
            && groups.length(1) == 2
            && groups.number(1) < 60;
    if (!minutes) {
      if (groups.separator(0) == ':') {
        return Chars.NONE;
      }
      int half = halfDayEnd(text, end);
      return half > end && hours >= 1 && hours <= 12 ? half : clockEnd(text, end);
    }
    end = groups.end(1);
    if (groups.separator(1) == ':') {
      if (groups.count() < 3
          || groups.length(2) != 2
          || groups.number(2) > 60
          || groups.separator(2) == ':') {
        return Chars.NONE;
      }
      end = groups.end(2);
      end = groups.separator(2) == '.' ? Chars.digitsEnd(text, end + 1) : end;
    }
    int half = halfDayEnd(text, end);
    char next = Chars.at(text, half);
    return half > end || !Chars.isLetter(next) || next == 'Z' || next == 'h' || next == 'U'
        ? half
        : Chars.NONE;
  }

  /** End of {@code am}, {@code p.m.} and the like. */
  private static int halfDayEnd(CharSequence text, int end) {
    int at = Chars.isBlank(Chars.at(text, end)) ? end + 1 : end;
    int first = Chars.at(text, at) | 32;
    if (first != 'a' && first != 'p') {
      return end;
    }
    int m = Chars.at(text, at + 1) == '.' ? at + 2 : at + 1;
    if ((Chars.at(text, m) | 32) != 'm' || Chars.isWord(Chars.at(text, m + 1))) {
      return end;
    }
    return m + 1;
  }

  /** {@code 15h30} and {@code 15 Uhr}. */
  private static int clockEnd(CharSequence text, int end) {
    if (Chars.at(text, end) == 'h'
        && Chars.digitsEnd(text, end + 1) == end + 3
        && Chars.number(text, end + 1, end + 3) < 60
        && !Chars.isWord(Chars.at(text, end + 3))) {
      return end + 3;
    }
    int at = Chars.isBlank(Chars.at(text, end)) ? end + 1 : end;
    boolean hour =
        Chars.at(text, at) == 'U' && Chars.at(text, at + 1) == 'h' && Chars.at(text, at + 2) == 'r';
    return hour ? at + 3 : Chars.NONE;
  }

  /**
   * End of an age that begins with a digit: {@code 87 years old}, {@code 92yo}, {@code
   * 92-year-old}.
   */
  static int ageEnd(CharSequence text, int start, Groups groups, Word word) {
    int end = groups.end(0);
    if (groups.length(0) > 3 || groups.number(0) > 130 || Chars.at(text, start - 1) == '.') {
      return Chars.NONE;
    }
    if (isSex(text, end, word)) {
      return end + 1;
    }
    int at = joint(text, end);
    if (!Chars.isLetter(Chars.at(text, at))) {
      return Chars.NONE;
    }
    word.read(text, at);
    int unit = UNITS.get(word.hash);
    if (unit == 2) {
      return word.end;
    }
    if (unit == 4 && isAfterOf(text, start, word.end)) {
      return word.end;
    }
    if (unit == 0) {
      return Chars.NONE;
    }
    int unitEnd = word.end;
    int next = joint(text, unitEnd);
    if (Chars.at(text, unitEnd) == '/' || Chars.at(text, unitEnd) == '.') {
      next = joint(text, unitEnd + 1);
    }
    if (!Chars.isLetter(Chars.at(text, next))) {
      return Chars.NONE;
    }
    word.read(text, next);
    boolean of =
        word.letters == 2 && ((text.charAt(next) | 32) == 'o' || (text.charAt(next) | 32) == 'd');
    if (of
        && Chars.isBlank(Chars.at(text, word.end))
        && Chars.isLetter(Chars.at(text, word.end + 1))) {
      word.read(text, word.end + 1);
    }
    return OLD.get(word.hash) == 0 ? Chars.NONE : word.end;
  }

  /** Spanish and French: {@code de 70 años}, but not {@code de 20 años de evolución}. */
  private static boolean isAfterOf(CharSequence text, int start, int end) {
    char last = Chars.at(text, start - 2);
    char first = Chars.at(text, start - 3);
    boolean of =
        Chars.at(text, start - 1) == ' '
            && ((last == 'e' && first == 'd') || (last == 's' && first == 'o'));
    boolean evolution =
        Chars.at(text, end + 1) == 'd'
            && Chars.at(text, end + 2) == 'e'
            && Chars.at(text, end + 4) == 'e'
            && Chars.at(text, end + 5) == 'v';
    return of && !evolution;
  }

  /** A letter for the sex behind an age, then a word: {@code 92M with}, {@code 92F presents}. */
  private static boolean isSex(CharSequence text, int end, Word word) {
    char sex = Chars.at(text, end);
    int next = end + 2;
    boolean letter = sex == 'M' || sex == 'F';
    if (!letter
        || !Chars.isBlank(Chars.at(text, end + 1))
        || !Chars.isLetter(Chars.at(text, next))) {
      return false;
    }
    word.read(text, next);
    return AFTER_SEX.get(word.hash) != 0;
  }

  private static int joint(CharSequence text, int end) {
    char c = Chars.at(text, end);
    return Chars.isBlank(c) || Chars.isHyphen(c) ? end + 1 : end;
  }
}
