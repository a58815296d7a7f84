package org.consentry.profile;

/**
 * Values behind a label. The label makes certain what the form of the value does not: nine digits
 * behind {@code SSN}, a word behind {@code Name:}.
 */
final class Labelled {

  private static final WordTable FILLERS =
      new WordTable(32)
          .words(
              1,
              """
              no nr num number numbers is was of id code the a her his my their him at on for to
              us me back ending patient date am n it with in line under\
              """);

  private static final long IS = WordTable.hash("is", 0, 2);
  private static final long OF = WordTable.hash("of", 0, 2);

  private final CharSequence text;
  private final Groups groups = new Groups();
  private final Word word = new Word();
  private final byte[] digits = new byte[40];
  private final Names names;
  private int start;

  /** Whether a colon, {@code #} or equals sign is between label and value. */
  private boolean marked;

  private boolean filled;

  /** Hash of the last word that was skipped. */
  private long filler;

  Labelled(CharSequence text, Names names) {
    this.text = text;
    this.names = names;
  }

  /** First character of the value that {@link #end} found. */
  int start() {
    return start;
  }

  /**
   * The label that begins with a word, the longest; 0 without. The place behind it is the start.
   */
  int label(Word first) {
    if (first.end > first.start + first.letters || Chars.isWord(Chars.at(text, first.end))) {
      return attached(first);
    }
    long hash = first.hash;
    int found = 0;
    int at = first.end;
    int known = Label.of(hash);
    for (int i = 0; i < Label.MOST_WORDS && known != 0; i++) {
      if ((known & (Label.PREFIX - 1)) != 0) {
        found = known;
        start = at;
      }
      if ((known & Label.PREFIX) == 0) {
        break;
      }
      int next = at;
      while (next < at + 2
          && (Chars.isBlank(Chars.at(text, next))
              || "-_/.'\u2019\u00ba\u00b0".indexOf(Chars.at(text, next)) >= 0)) {
        next++;
      }
      if (!Chars.isLetter(Chars.at(text, next))) {
        break;
      }
      word.read(text, next);
      if (isStartOfCode(word)) {
        break;
      }
      hash = joined(hash, word);
      at = word.end;
      known = Label.of(hash);
    }
    return found & (Label.PREFIX - 1);
  }

  /** A label in capital letters with its digits directly behind it: {@code SN81620735}. */
  private int attached(Word first) {
    int digits = first.start + first.letters;
    int end = Chars.digitsEnd(text, digits);
    boolean number = end - digits >= 4 && !Chars.isWord(Chars.at(text, end));
    start = digits;
    return number && first.shape == Word.Shape.UPPER
        ? Label.of(first.hash) & (Label.PREFIX - 1)
        : 0;
  }

  /** Whether letters and digits go on behind a word, as in {@code t3zn2p} of {@code P-t3zn2p}. */
  private boolean isStartOfCode(Word next) {
    int end = Chars.digitsEnd(text, next.end);
    return end > next.start + next.letters && Chars.isWord(Chars.at(text, end));
  }

  private long joined(long hash, Word next) {
    long sum = hash;
    for (int i = next.start; i < next.end; i++) {
      char c = text.charAt(i);
      char folded = Chars.isDigit(c) ? c : Chars.fold(c);
      sum = folded == 0 ? sum : WordTable.add(sum, folded);
    }
    return sum;
  }

  /** End of the value behind a label that {@link #label} found; {@link Chars#NONE} without. */
  int end(Label label) {
    start = skip(start);
    if (start >= text.length() || start == Chars.NONE) {
      return Chars.NONE;
    }
    return switch (label) {
      case NAME -> name();
      case BIRTH -> date();
      case AGE -> age();
      case PHONE -> phone();
      case SSN -> ssn();
      case ZIP -> zip();
      case BOX -> box();
      case COORDINATE -> coordinate();
      case RECORD, PLAN, ACCOUNT, LICENSE, VEHICLE, DEVICE, NATIONAL -> code(label);
    };
  }

  /** Skips marks and at most three words between a label and its value. */
  private int skip(int from) {
    int at = from;
    int fillers = 0;
    marked = false;
    filled = false;
    filler = 0;
    int limit = from + 24;
    while (at < text.length() && at < limit) {
      char c = text.charAt(at);
      if (c == '\n' && marked && text.charAt(at - 1) != '\n') {
        at++;
      } else if (c == ':' || c == '#' || c == '=' || c == '\uff1a') {
        marked = true;
        at++;
      } else if (Chars.isBlank(c)
          || "().\u00ba\u00b0[\"_".indexOf(c) >= 0
          || (Chars.isHyphen(c) && !Chars.isWord(Chars.at(text, at - 1)))) {
        at++;
      } else if (Chars.isApostrophe(c) && (Chars.at(text, at + 1) | 32) == 's') {
        at += 2;
      } else if (Chars.isLetter(c) && !marked && fillers < 3) {
        word.read(text, at);
        if (FILLERS.get(word.hash) == 0 || word.numbered) {
          break;
        }
        filled = true;
        filler = word.hash;
        fillers++;
        at = word.end;
      } else {
        break;
      }
    }
    return at;
  }

  private int name() {
    char c = Chars.at(text, start);
    if (!(marked || filler == IS) || !Chars.isUpper(c)) {
      return Chars.NONE;
    }
    return names.labelledEnd(start);
  }

  private int date() {
    if (Chars.isDigit(Chars.at(text, start))) {
      groups.read(text, start);
      int end = Dates.end(text, start, groups);
      end = end == Chars.NONE ? Dates.shortMonthEnd(groups) : end;
      return end == Chars.NONE ? Months.endAfterNumber(text, start, word) : end;
    }
    if (Chars.isLetter(Chars.at(text, start))) {
      word.read(text, start);
      return Months.end(text, word);
    }
    return Chars.NONE;
  }

  private int age() {
    int end = Chars.digitsEnd(text, start);
    boolean years = end > start && end - start <= 3 && Chars.number(text, start, end) <= 130;
    char next = Chars.at(text, end);
    boolean more =
        Chars.isWord(next)
            || next == '/'
            || next == '%'
            || ((next == '.' || next == '-') && Chars.isDigit(Chars.at(text, end + 1)));
    return years && !more && (!filled || filler == OF) ? end : Chars.NONE;
  }

  private int phone() {
    char c = Chars.at(text, start);
    int at = c == '+' ? start + 1 : start;
    if (!Chars.isDigit(Chars.at(text, at))) {
      return Chars.NONE;
    }
    if (start > 0 && text.charAt(start - 1) == '(') {
      start--;
    }
    groups.read(text, at);
    int end = Chars.NONE;
    int sum = 0;
    for (int i = 0; i < groups.count(); i++) {
      sum += groups.length(i);
      if (sum > 15 || groups.length(i) > 12) {
        break;
      }
      char separator = groups.separator(i);
      end = sum >= 7 ? groups.end(i) : end;
      if (separator == Groups.END
          || separator == ':'
          || (separator == '.' && i > 0 && groups.separator(0) != '.')) {
        break;
      }
    }
    boolean date = Dates.end(text, at, groups) != Chars.NONE && groups.length(0) != 8;
    return end == Chars.NONE || date || Chars.isLetter(Chars.at(text, end))
        ? Chars.NONE
        : Phones.extensionEnd(text, end);
  }

  private int ssn() {
    if (!Chars.isDigit(Chars.at(text, start))) {
      return Chars.NONE;
    }
    groups.read(text, start);
    int used = groups.length(0) == 9 ? 1 : 3;
    if (groups.count() < used || groups.digits(used, digits) != 9 || !groups.endsAfter(used)) {
      // The last four digits alone identify as well: "SSN ending 6789".
      boolean last = groups.length(0) == 4 && groups.count() == 1 && (marked || filled);
      return last ? groups.end(0) : Chars.NONE;
    }
    return groups.end(used - 1);
  }

  private int zip() {
    int end = Chars.digitsEnd(text, start);
    int plus =
        end - start == 5 && Chars.isHyphen(Chars.at(text, end))
            ? Chars.digitsEnd(text, end + 1)
            : end;
    boolean code = end - start == 5 || (end - start == 4 && marked);
    return !code || Chars.isWord(Chars.at(text, end)) ? Chars.NONE : plus == end + 5 ? plus : end;
  }

  private int box() {
    int end = Chars.wordEnd(text, start);
    return end > start && Chars.isDigit(text.charAt(start)) && end - start <= 8 ? end : Chars.NONE;
  }

  private int coordinate() {
    int sign = Chars.at(text, start) == '-' || Chars.at(text, start) == '+' ? start + 1 : start;
    int pair = Coordinates.pairEnd(text, sign);
    if (pair != Chars.NONE) {
      return pair;
    }
    int dot = Chars.digitsEnd(text, sign);
    int end = dot > sign && Chars.at(text, dot) == '.' ? Chars.digitsEnd(text, dot + 1) : dot;
    return end - dot >= 4 && dot - sign <= 3 ? end : Chars.NONE;
  }

  /** Letters, digits, hyphens and slashes with four digits at least; letters alone are a word. */
  private int code(Label label) {
    int at = start;
    int found = 0;
    int limit = Math.min(text.length(), start + 40);
    while (at < limit) {
      char c = text.charAt(at);
      boolean joint =
          (Chars.isHyphen(c)
                  || c == '/'
                  || c == '.'
                  || c == '_'
                  || (c == ' '
                      && found >= 2
                      && Chars.isDigit(Chars.at(text, at - 1))
                      && Chars.isDigit(Chars.at(text, at + 1))))
              && Chars.isWord(Chars.at(text, at + 1));
      if (!Chars.isWord(c) && !joint) {
        break;
      }
      found += Chars.isDigit(c) ? 1 : 0;
      at++;
    }
    int fewest = label == Label.VEHICLE ? 2 : marked || label == Label.DEVICE ? 3 : 4;
    boolean word = found * 3 < at - start;
    if (found < fewest || word || at - start < 4 || isDate()) {
      return Chars.NONE;
    }
    return at;
  }

  private boolean isDate() {
    if (!Chars.isDigit(text.charAt(start))) {
      return false;
    }
    groups.read(text, start);
    boolean year =
        groups.count() == 1 && groups.length(0) == 4 && !marked && Dates.isYear(groups.number(0));
    return year
        || (groups.length(0) < 8 && Dates.end(text, start, groups) != Chars.NONE)
        || Times.timeEnd(text, start, groups) != Chars.NONE;
  }
}
