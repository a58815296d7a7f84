package org.consentry.profile;

/**
 * Dates with the name of a month, in English, German, French, Spanish, Italian, Portuguese and
 * Dutch: {@code March 4th, 2021}, {@code 4-Mar-21}, {@code 4 de marzo de 2021}, {@code March 2021},
 * {@code 5 May}.
 */
final class Months {

  /** Added to the number of a month whose name is another word as well. */
  private static final int DOUBTFUL = 16;

  private static final WordTable NAMES = names();

  private static final WordTable JOINTS = new WordTable(8).words(1, "of de del the");

  private Months() {}

  /** End of a date that begins with the name of a month. */
  static int end(CharSequence text, Word word) {
    int month = month(word);
    if (month == 0) {
      return Chars.NONE;
    }
    int at = word.end;
    if (Chars.at(text, at) == '.') {
      at++;
    }
    int day = separatorEnd(text, at);
    if (!Chars.isDigit(Chars.at(text, day))) {
      int joint = jointEnd(text, word.end);
      day = joint == word.end ? day : joint;
    }
    int end = Chars.digitsEnd(text, day);
    if (end == day) {
      return Chars.NONE;
    }
    int year = yearEnd(text, day);
    if (year != Chars.NONE && end - day == 4) {
      return year;
    }
    if (end - day > 2
        || !Dates.isDay(month & 15, Chars.number(text, day, end))
        || (month > 15 && word.shape == Word.Shape.LOWER)) {
      return Chars.NONE;
    }
    int afterDay = ordinalEnd(text, end);
    int whole = yearEnd(text, yearStart(text, afterDay));
    if (whole != Chars.NONE) {
      return whole;
    }
    boolean alone =
        !Chars.isWord(Chars.at(text, afterDay))
            && Chars.at(text, afterDay) != '%'
            && !(Chars.at(text, afterDay) == '.' && Chars.isDigit(Chars.at(text, afterDay + 1)));
    return alone && word.shape != Word.Shape.LOWER ? afterDay : Chars.NONE;
  }

  /** End of a date that begins with a day, or with a year, before the name of a month. */
  static int endAfterNumber(CharSequence text, int start, Word word) {
    int end = Chars.digitsEnd(text, start);
    int length = end - start;
    if (length > 2 && length != 4) {
      return Chars.NONE;
    }
    int ordinal = length == 4 ? end : ordinalEnd(text, end);
    int at = separatorEnd(text, Chars.at(text, ordinal) == '.' ? ordinal + 1 : ordinal);
    at = jointEnd(text, at);
    at = jointEnd(text, at);
    if (!Chars.isLetter(Chars.at(text, at))) {
      return Chars.NONE;
    }
    readMonth(text, at, word);
    int month = month(word);
    if (month == 0 || (length == 4 && !Dates.isYear(Chars.number(text, start, end)))) {
      return Chars.NONE;
    }
    if (length == 4) {
      int day = separatorEnd(text, word.end);
      int dayEnd = Chars.digitsEnd(text, day);
      boolean valid =
          dayEnd > day
              && dayEnd - day < 3
              && Dates.isDay(month & 15, Chars.number(text, day, dayEnd));
      return valid && Chars.isAlone(text, start, dayEnd) ? dayEnd : Chars.NONE;
    }
    if (!Dates.isDay(month & 15, Chars.number(text, start, end))) {
      return Chars.NONE;
    }
    int year = yearEnd(text, yearStart(text, word.end));
    if (year != Chars.NONE) {
      return year;
    }
    boolean marked = word.shape != Word.Shape.LOWER || (ordinal > end && month < 16);
    return marked && Chars.isAlone(text, start, word.end) && at > end ? word.end : Chars.NONE;
  }

  /** The number of a month, from 1, by its name or a short form of it; 0 for another word. */
  static int number(String name) {
    return NAMES.get(WordTable.hash(name, 0, name.length())) & (DOUBTFUL - 1);
  }

  private static int month(Word word) {
    return word.letters < 3 ? 0 : NAMES.get(word.hash);
  }

  /** The letters alone, because a year may follow directly: {@code 04MAR2021}. */
  private static void readMonth(CharSequence text, int at, Word word) {
    word.read(text, at);
    if (word.numbered) {
      int end = word.end;
      while (Chars.isDigit(text.charAt(end - 1))) {
        end--;
      }
      word.end = end;
    }
  }

  private static int separatorEnd(CharSequence text, int from) {
    int at = from;
    while (at < from + 2
        && (Chars.isBlank(Chars.at(text, at))
            || Chars.isHyphen(Chars.at(text, at))
            || Chars.at(text, at) == '/'
            || Chars.at(text, at) == '.')) {
      at++;
    }
    return at;
  }

  private static int yearStart(CharSequence text, int from) {
    int at = from;
    while (at < from + 3
        && (Chars.isBlank(Chars.at(text, at))
            || Chars.isHyphen(Chars.at(text, at))
            || ",./".indexOf(Chars.at(text, at)) >= 0)) {
      at++;
    }
    int joint = jointEnd(text, from);
    return joint > from ? joint : at;
  }

  /**
   * Start of what follows {@code of}, {@code de} or {@code the} and blanks; the place itself
   * without.
   */
  private static int jointEnd(CharSequence text, int from) {
    int at = from;
    while (at < from + 2 && Chars.isBlank(Chars.at(text, at))) {
      at++;
    }
    int end = at;
    while (end < at + 4 && Chars.isLetter(Chars.at(text, end))) {
      end++;
    }
    if (end == at
        || JOINTS.get(WordTable.hash(text, at, end)) == 0
        || !Chars.isBlank(Chars.at(text, end))) {
      return from;
    }
    return end + 1;
  }

  private static int ordinalEnd(CharSequence text, int end) {
    char a = (char) (Chars.at(text, end) | 32);
    char b = (char) (Chars.at(text, end + 1) | 32);
    boolean ordinal =
        (a == 's' && b == 't')
            || (a == 'n' && b == 'd')
            || (a == 'r' && b == 'd')
            || (a == 't' && b == 'h')
            || (a == 'e' && b == 'r');
    if (ordinal && !Chars.isLetter(Chars.at(text, end + 2))) {
      return end + 2;
    }
    return Chars.at(text, end) == '\u00ba' || Chars.at(text, end) == '\u00b0' ? end + 1 : end;
  }

  /** End of a year of four digits, or of two where nothing else follows. */
  private static int yearEnd(CharSequence text, int from) {
    int at = Chars.isApostrophe(Chars.at(text, from)) ? from + 1 : from;
    int end = Chars.digitsEnd(text, at);
    if (Chars.isLetter(Chars.at(text, end)) && Chars.at(text, end) != 'T') {
      return Chars.NONE;
    }
    if (end - at == 4) {
      return Dates.isYear(Chars.number(text, at, end)) ? end : Chars.NONE;
    }
    char before = Chars.at(text, from - 1);
    boolean direct =
        Chars.isHyphen(before)
            || before == '/'
            || before == '.'
            || at > from
            || Chars.isLetter(before);
    boolean time = Chars.at(text, end) == ':';
    return end - at == 2 && direct && !time ? end : Chars.NONE;
  }

  private static WordTable names() {
    String[] months = {
      "january jan januar janner jänner janvier enero ene gennaio gen janeiro januari",
      "february feb februar fevrier fevr febrero febbraio fevereiro fev februari",
      "march mar marz mars marzo marco maart mrz mrt",
      "april apr avril avr abril abr aprile",
      "may mai mayo maggio mag maio mei",
      "june jun juni juin junio giugno giu junho",
      "july jul juli juillet juil julio luglio lug julho",
      "august aug aout agosto ago augustus",
      "september sep sept septembre septiembre settembre set setembro",
      "october oct oktober okt octobre octubre ottobre ott outubro out",
      "november nov novembre noviembre novembro",
      "december dec dezember dez decembre diciembre dic dicembre dezembro"
    };
    WordTable table = new WordTable(200);
    for (int i = 0; i < months.length; i++) {
      table.words(i + 1, months[i]);
    }
    for (String name :
        "may march mar mars mai mag gen set out dic marco mei ago mayo".split(" ", -1)) {
      long hash = WordTable.hash(name, 0, name.length());
      table.put(hash, table.get(hash) + DOUBTFUL);
    }
    return table;
  }
}
