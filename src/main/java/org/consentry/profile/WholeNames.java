package org.consentry.profile;

/**
 * Names that are a whole cell. One name of the list is enough here, in {@code Smith} or {@code
 * SMITH}; a word that is an ordinary word as well is not.
 */
final class WholeNames {

  private static final int LONGEST = 80;
  private static final int MOST_WORDS = 6;
  private static final int TITLE = 1;
  private static final int SUFFIX = 2;
  private static final int PARTICLE = 3;

  private static final WordTable ADDED =
      new WordTable(48)
          .words(TITLE, "mr mrs ms miss dr prof")
          .words(SUFFIX, "jr sr ii iii iv md do phd rn np pa dds esq fnp dpm mph facs msn bsn lpn")
          .words(
              PARTICLE,
              """
              de la del las los van von der den da dos di du le bin al el y e""");

  private final Word word = new Word();
  private int names;
  private int certain;
  private int ordinary;
  private int initials;
  private int unknown;
  private int lower;
  private int known;
  private int given;
  private boolean comma;
  private boolean title;
  private boolean dotted;
  private int letters;
  private Word.Shape shape = Word.Shape.LOWER;

  /** How much a cell looks like a name. */
  enum Answer {
    /** It is no name. */
    NO,
    /** It is a name if most values of its column are. */
    PERHAPS,
    /** It is a name. */
    YES
  }

  private WholeNames() {}

  /** Whether a whole cell is a name. */
  static Answer of(CharSequence value) {
    return value.length() > LONGEST ? Answer.NO : new WholeNames().read(value);
  }

  private Answer read(CharSequence value) {
    int at = 0;
    int words = 0;
    while (at < value.length()) {
      char c = value.charAt(at);
      if (Chars.isLetter(c)) {
        word.read(value, at);
        if (++words > MOST_WORDS || Chars.isWord(Chars.at(value, word.end))) {
          return Answer.NO;
        }
        if (word.known == NameList.ORDINARY || (words > 1 && NameWords.isNoun(word.hash))) {
          return Answer.NO;
        }
        count(value);
        at = word.end;
      } else if (Chars.isBlank(c) || c == '.' || Chars.isHyphen(c)) {
        at++;
      } else if (c == ',') {
        comma |= names > 0;
        at++;
      } else {
        return Answer.NO;
      }
    }
    return names == 0 ? Answer.NO : answer();
  }

  private void count(CharSequence value) {
    int added = ADDED.get(word.hash);
    boolean dot = Chars.at(value, word.end) == '.';
    boolean apart = !(word.isName() && word.letters > 3);
    if (added == TITLE && apart && (dot || names > 0 || word.shape == Word.Shape.TITLE)) {
      title = true;
    } else if (added == SUFFIX && apart && names > 0) {
      return;
    } else if (added == PARTICLE
        && (names > 0 || word.shape == Word.Shape.LOWER || word.known == 0)) {
      return;
    } else if (word.letters == 1) {
      initials++;
      dotted |= dot;
    } else {
      countName();
    }
  }

  private void countName() {
    names++;
    known = word.known;
    letters = word.letters;
    shape = word.shape;
    lower += word.shape == Word.Shape.LOWER ? 1 : 0;
    given += word.isGiven() && word.is(NameList.COMMON_GIVEN) ? 1 : 0;
    if (word.isName()) {
      certain++;
    } else if (word.known != 0) {
      ordinary++;
    } else {
      unknown++;
    }
  }

  private Answer answer() {
    if (names == 1) {
      return one();
    }
    if (unknown == 0) {
      boolean enough = certain > 0 && certain >= ordinary && (lower == 0 || ordinary == 0);
      return enough ? Answer.YES : Answer.PERHAPS;
    }
    boolean beside = unknown == 1 && given > 0 && ordinary == 0 && names <= 3 && lower == 0;
    return beside ? Answer.YES : Answer.NO;
  }

  private Answer one() {
    boolean inverted = comma && initials > 0 && lower == 0 && (dotted || certain > 0);
    if ((title && lower == 0) || inverted) {
      return Answer.YES;
    }
    if (unknown > 0) {
      return Answer.NO;
    }
    if (ordinary > 0 || lower > 0) {
      return Answer.PERHAPS;
    }
    boolean brief =
        letters < 3
            || (shape == Word.Shape.UPPER && (letters == 3 || (letters == 4 && !isCommon())));
    return initials == 0 && brief ? Answer.PERHAPS : known != 0 ? Answer.YES : Answer.NO;
  }

  private boolean isCommon() {
    return (known & (NameList.COMMON_GIVEN | NameList.COMMON_FAMILY)) != 0;
  }
}
