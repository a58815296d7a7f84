package org.consentry.profile;

/**
 * Names of people in running text: given and family name, with initials between, inverted with a
 * comma, behind a title, or a frequent given name alone. A word that is an ordinary word as well
 * needs a name beside it or a title. Names of hospitals and of diseases are none.
 */
final class Names {

  private static final int MOST_WORDS = 7;
  private final CharSequence text;
  private final Word[] words = new Word[MOST_WORDS];
  private final Word following = new Word();

  /** What is before a word of the chain: a blank, {@code -} or {@code ,}. */
  private final char[] links = new char[MOST_WORDS];

  /** Whether a full stop follows an initial. */
  private final boolean[] dotted = new boolean[MOST_WORDS];

  private int count;
  private int start;

  Names(CharSequence text) {
    this.text = text;
    for (int i = 0; i < MOST_WORDS; i++) {
      words[i] = new Word();
    }
  }

  /** First character of the name that {@link #end} found; a title is before it. */
  int start() {
    return start;
  }

  /**
   * End of the name that begins with a word, or with the title that the word is.
   *
   * @param first the word, read already
   * @return {@link Chars#NONE} when it is no name
   */
  int end(Word first) {
    start = first.start;
    int title = NameWords.title(first.hash);
    if (title != 0 && first.letters > 1) {
      int end = titled(first, title);
      if (end != Chars.NONE) {
        return end;
      }
    }
    if (first.shape == Word.Shape.LOWER) {
      return Chars.NONE;
    }
    readChain(first.start);
    int named = inverted();
    if (named == 0) {
      named = direct();
    }
    return named == 0 || isCalledAfter(named) ? Chars.NONE : chainEnd(named);
  }

  /** End of the name behind a label and a colon, where unknown words are names as well. */
  int labelledEnd(int at) {
    following.read(text, at);
    int title = NameWords.title(following.hash);
    int titled = title == 0 ? Chars.NONE : titled(following, title);
    if (titled != Chars.NONE) {
      return titled;
    }
    readChain(at);
    start = at;
    int named = inverted();
    if (named == 0) {
      named = capitalRun();
    }
    if (named > 0 && Chars.at(text, chainEnd(named)) == ':') {
      // The next label ends the name.
      named--;
    }
    return named == 0 ? Chars.NONE : chainEnd(named);
  }

  private int titled(Word first, int title) {
    int at = first.end;
    boolean stop = Chars.at(text, at) == '.';
    boolean capitals = first.shape == Word.Shape.UPPER && !stop;
    boolean lower = first.shape == Word.Shape.LOWER;
    at = skipBlanks(stop || Chars.at(text, at) == ':' ? at + 1 : at);
    if (at == first.end || !Chars.isUpper(Chars.at(text, at))) {
      return Chars.NONE;
    }
    readChain(at);
    Word name = words[0];
    int named = inverted();
    if (named == 0) {
      named = direct();
    }
    boolean strong = title == NameWords.STRONG_TITLE && !capitals && !(lower && !stop);
    if (named == 0
        && (strong
            || (name.isName() && name.shape == Word.Shape.TITLE)
            || (name.isName() && title == NameWords.STRONG_TITLE))) {
      named = capitalRun();
    }
    if (named == 0 || (!strong && isCalledAfter(named))) {
      return Chars.NONE;
    }
    start = name.start;
    return chainEnd(named);
  }

  /** Words of the chain before a comma, as many as a name has behind a title. */
  private int capitalRun() {
    int named = 0;
    for (int i = 0; i < count && i < 5 && links[i] != ','; i++) {
      Word word = words[i];
      if (i > 0 && NameWords.isNoun(word.hash)) {
        break;
      }
      boolean single = i > 0 && word.shape == Word.Shape.INITIAL && !dotted[i];
      if (word.shape != Word.Shape.LOWER && !single) {
        named = i + 1;
      }
    }
    boolean initial = words[0].letters < 2 && named < 2 && !dotted[0];
    return initial || NameWords.isNoun(words[0].hash) ? 0 : named;
  }

  /** Words of a family name, a comma and given names or initials; 0 without. */
  private int inverted() {
    int comma = 0;
    while (comma < count && links[comma] != ',') {
      comma++;
    }
    if (comma == 0 || comma >= count || comma > 3) {
      return 0;
    }
    Word family = words[comma - 1];
    Word given = words[comma];
    boolean known = family.isName() || words[0].isName();
    boolean initial = given.shape == Word.Shape.INITIAL && dotted[comma] && known;
    boolean both = family.known != 0 && given.is(NameList.GIVEN) && (known || given.isGiven());
    boolean strange =
        family.known == 0
            && given.isGiven()
            && given.is(NameList.COMMON_GIVEN)
            && family.letters > 2
            && comma == 1;
    boolean state = given.shape == Word.Shape.UPPER && family.shape != Word.Shape.UPPER;
    if (state || !family.isCapital() || !(initial || (given.isCapital() && (both || strange)))) {
      return 0;
    }
    int named = comma + 1;
    while (named < count
        && named < comma + 3
        && links[named] != ','
        && (words[named].shape == Word.Shape.INITIAL || words[named].isGiven())) {
      named++;
    }
    return named;
  }

  /** Words of a name in its usual order; 0 without. */
  private int direct() {
    Word first = words[0];
    if (first.shape == Word.Shape.INITIAL) {
      return initials();
    }
    int last = 1;
    boolean hyphen = count > 1 && links[1] == '-' && words[1].isCapital();
    if (hyphen) {
      last = 2;
    }
    if (first.is(NameList.GIVEN)) {
      int named = givenThenFamily(first, last);
      if (named > 0) {
        return named;
      }
    }
    boolean families =
        count > 1
            && links[1] == ' '
            && first.isFamily()
            && !NameWords.isSaint(first.hash)
            && words[1].isFamily()
            && words[1].is(NameList.COMMON_FAMILY)
            && words[1].shape == Word.Shape.TITLE
            && first.shape == Word.Shape.TITLE;
    boolean reversed =
        count > 1
            && links[1] == ' '
            && first.isFamily()
            && first.is(NameList.COMMON_FAMILY)
            && words[1].isGiven()
            && words[1].is(NameList.COMMON_GIVEN)
            && words[1].shape == first.shape;
    if (reversed || families) {
      return 2;
    }
    return isAloneGiven(first) ? last : 0;
  }

  private int givenThenFamily(Word first, int from) {
    int at = from;
    boolean ordinary = first.is(NameList.ORDINARY);
    while (at < count && links[at] == ' ' && words[at].shape == Word.Shape.INITIAL) {
      at++;
    }
    boolean initials = at > from;
    int family = at;
    while (family < count && links[family] == ' ' && words[family].shape == Word.Shape.LOWER) {
      family++;
    }
    if (family < count && links[family] == ' ' && isFamilyAfter(first, words[family])) {
      int end = family + 1;
      while (end < count
          && end < family + 3
          && (links[end] == '-'
              ? words[end].isCapital()
              : links[end] == ' ' && words[end].isName() && words[end].shape == first.shape)) {
        end++;
      }
      return end;
    }
    boolean abbreviated =
        initials && !ordinary && first.shape == Word.Shape.TITLE && first.letters > 2;
    return abbreviated ? at : 0;
  }

  private static boolean isFamilyAfter(Word given, Word family) {
    boolean ordinary = given.is(NameList.ORDINARY);
    if (family.shape != given.shape
        && !(given.shape == Word.Shape.TITLE
            && family.shape == Word.Shape.UPPER
            && family.isFamily())) {
      return false;
    }
    if (family.isName()) {
      return !ordinary || family.is(NameList.COMMON_FAMILY);
    }
    boolean frequent = !ordinary && given.is(NameList.COMMON_GIVEN);
    if (family.known != 0) {
      return frequent && family.is(NameList.FAMILY);
    }
    return frequent
        && given.shape == Word.Shape.TITLE
        && family.letters > 2
        && !NameWords.isNoun(family.hash);
  }

  private int initials() {
    int at = 0;
    while (at < count && words[at].shape == Word.Shape.INITIAL && dotted[at] && links[at] != ',') {
      at++;
    }
    boolean family =
        at > 0 && at < count && links[at] == ' ' && words[at].isFamily() && words[at].letters > 2;
    return family ? at + 1 : 0;
  }

  private boolean isAloneGiven(Word first) {
    return first.isGiven()
        && first.is(NameList.COMMON_GIVEN)
        && first.shape == Word.Shape.TITLE
        && first.letters > 2
        && !isAfterSaint(first.start);
  }

  private boolean isAfterSaint(int at) {
    int end = at;
    while (end > 0 && end > at - 3 && !Chars.isLetter(text.charAt(end - 1))) {
      end--;
    }
    int begin = end;
    while (begin > 0 && begin > end - 9 && Chars.isLetter(text.charAt(begin - 1))) {
      begin--;
    }
    return end > begin && NameWords.isSaint(WordTable.hash(text, begin, end));
  }

  private boolean isCalledAfter(int named) {
    int at = chainEnd(named);
    if (Chars.isApostrophe(Chars.at(text, at)) && (Chars.at(text, at + 1) | 32) == 's') {
      at += 2;
    } else if (Chars.isApostrophe(Chars.at(text, at))) {
      at++;
    }
    at = Chars.isHyphen(Chars.at(text, at)) ? at + 1 : skipBlanks(at);
    if (!Chars.isLetter(Chars.at(text, at))) {
      return false;
    }
    following.read(text, at);
    return NameWords.isNoun(following.hash);
  }

  private int chainEnd(int named) {
    int last = named - 1;
    return words[last].end + (dotted[last] ? 1 : 0);
  }

  private void readChain(int at) {
    count = 0;
    char link = ' ';
    int from = at;
    boolean comma = false;
    while (count < MOST_WORDS) {
      Word word = words[count];
      word.read(text, from);
      boolean particle =
          word.shape == Word.Shape.LOWER && link == ' ' && NameWords.isParticle(word.hash);
      if (count > 0 && word.shape == Word.Shape.LOWER && !particle) {
        break;
      }
      links[count] = link;
      dotted[count] = word.shape == Word.Shape.INITIAL && Chars.at(text, word.end) == '.';
      int end = chainEnd(count + 1);
      count++;
      int next = end;
      if (Chars.isHyphen(Chars.at(text, end))) {
        link = '-';
        next = end + 1;
      } else if ((Chars.at(text, end) == ',' || Chars.at(text, end) == '^') && !comma) {
        link = ',';
        comma = true;
        next = skipBlanks(end + 1);
      } else {
        link = ' ';
        next = skipBlanks(end);
        if (next == end && !dotted[count - 1]) {
          break;
        }
      }
      if (!Chars.isLetter(Chars.at(text, next))) {
        break;
      }
      from = next;
    }
  }

  private int skipBlanks(int from) {
    int at = from;
    while (at < from + 3 && (Chars.isBlank(Chars.at(text, at)) || Chars.at(text, at) == '_')) {
      at++;
    }
    return at;
  }
}
