package org.consentry.profile;

import org.jspecify.annotations.Nullable;

/**
 * One pass over a text, from word to word. What may begin at a word depends on its first character;
 * each form looks ahead a bounded number of characters, so that the time grows with the length of
 * the text alone.
 */
final class Pass {

  private final CharSequence text;
  private final Places places;
  private final Groups groups = new Groups();
  private final byte[] digits = new byte[40];
  private final Word word = new Word();
  private final Word scratch = new Word();
  private @Nullable Names names;
  private @Nullable Labelled labelled;

  /** Index of the next {@code @} at or after the place, the length of the text when none is. */
  private int sign = -1;

  Pass(CharSequence text, Places places) {
    this.text = text;
    this.places = places;
  }

  void run() {
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (Chars.isDigit(c)) {
        at = digits(at);
      } else if (Chars.isLetter(c)) {
        at = letters(at);
      } else {
        at = marks(at, c);
      }
    }
  }

  private int digits(int at) {
    int end = address(at);
    if (end == Chars.NONE) {
      groups.read(text, at);
      end = number(at);
    }
    if (end == Chars.NONE) {
      end = writtenNumber(at);
    }
    if (end == Chars.NONE) {
      int wordEnd = Chars.wordEnd(text, at);
      end = Devices.plainGs1End(text, at, wordEnd, digits);
      end = end == Chars.NONE ? mixed(at, wordEnd) : add(ContentKind.DEVICE_SERIAL, at, end);
      return end == Chars.NONE ? wordEnd : end;
    }
    return end;
  }

  /** Numbers that are decided by their digits and separators. */
  private int number(int at) {
    int end = Internet.ipv4End(text, at, groups);
    if (end != Chars.NONE) {
      return add(ContentKind.IP_ADDRESS, at, end);
    }
    end = Coordinates.pairEnd(text, at);
    if (end != Chars.NONE) {
      return add(ContentKind.COORDINATES, at, end);
    }
    end = UsNumbers.ssnEnd(groups);
    if (end != Chars.NONE) {
      return add(ContentKind.SSN, at, end);
    }
    boolean joined = isJoined(at);
    end = joined ? Chars.NONE : Cards.end(text, groups, digits);
    if (end != Chars.NONE) {
      return add(ContentKind.CARD_NUMBER, at, end);
    }
    end = joined ? Chars.NONE : NationalIds.end(groups, digits);
    if (end != Chars.NONE) {
      int phone = Phones.end(text, at, groups);
      if (phone != Chars.NONE) {
        places.add(ContentKind.PHONE, at, phone);
      }
      return add(ContentKind.NATIONAL_ID, at, end);
    }
    end = Dates.end(text, at, groups);
    if (end != Chars.NONE) {
      add(ContentKind.DATE, at, end);
      char next = Chars.at(text, end);
      return (next == 'T' || next == 't') && Chars.isDigit(Chars.at(text, end + 1)) ? end + 1 : end;
    }
    end = Phones.end(text, at, groups);
    if (end != Chars.NONE) {
      return add(ContentKind.PHONE, at, end);
    }
    if (joined) {
      return Chars.NONE;
    }
    end = UsNumbers.zip4End(groups);
    if (end != Chars.NONE) {
      return add(ContentKind.ZIP_CODE, at, end);
    }
    end = UsNumbers.npiEnd(text, groups, digits);
    return end == Chars.NONE ? end : add(ContentKind.LICENSE_NUMBER, at, end);
  }

  /** Numbers that are decided by the words behind them. */
  private int writtenNumber(int at) {
    if (groups.length(0) > 6) {
      return Chars.NONE;
    }
    int end = Months.endAfterNumber(text, at, scratch);
    if (end != Chars.NONE) {
      return add(ContentKind.DATE, at, end);
    }
    end = Times.timeEnd(text, at, groups);
    if (end != Chars.NONE) {
      return add(ContentKind.TIME, at, end);
    }
    end = Times.ageEnd(text, at, groups, scratch);
    if (end != Chars.NONE) {
      return add(ContentKind.AGE, at, end);
    }
    end = Addresses.streetEnd(text, at, groups, scratch);
    if (end != Chars.NONE) {
      return add(ContentKind.POSTAL_ADDRESS, at, end);
    }
    end = Coordinates.degreesEnd(text, at, groups);
    return end == Chars.NONE ? end : add(ContentKind.COORDINATES, at, end);
  }

  private int letters(int at) {
    int end = address(at);
    if (end != Chars.NONE) {
      return end;
    }
    word.read(text, at);
    end = labels();
    if (end != Chars.NONE) {
      return end;
    }
    end = Months.end(text, word);
    if (end == Chars.NONE) {
      end = Dates.quarterEnd(text, at);
    }
    if (end != Chars.NONE) {
      return add(ContentKind.DATE, at, end);
    }
    end = Addresses.calleEnd(text, word);
    if (end == Chars.NONE) {
      end = Addresses.endingEnd(text, word);
    }
    if (end != Chars.NONE) {
      return add(ContentKind.POSTAL_ADDRESS, at, end);
    }
    end = Addresses.zipEnd(text, word);
    if (end != Chars.NONE) {
      return add(ContentKind.ZIP_CODE, zipStart(end), end);
    }
    int wordEnd = Chars.wordEnd(text, at);
    end = PostCodes.end(text, at, wordEnd);
    if (end != Chars.NONE) {
      return add(ContentKind.ZIP_CODE, at, end);
    }
    end = mixed(at, wordEnd);
    if (end == Chars.NONE && wordEnd <= word.end) {
      end = name();
    }
    return end == Chars.NONE ? Math.max(wordEnd, word.end) : end;
  }

  private int name() {
    if (word.shape == Word.Shape.LOWER && !NameWords.isTitle(word.hash)) {
      return Chars.NONE;
    }
    Names reader = names();
    int end = reader.end(word);
    return end == Chars.NONE ? end : add(ContentKind.NAME, reader.start(), end);
  }

  /** Made when the first capital letter is met: most cells have none. */
  private Names names() {
    if (names == null) {
      names = new Names(text);
    }
    return names;
  }

  private int zipStart(int end) {
    int start = end;
    while (Chars.isDigit(text.charAt(start - 1)) || Chars.isHyphen(text.charAt(start - 1))) {
      start--;
    }
    return start;
  }

  private int labels() {
    if (Label.of(word.hash) == 0 || isJoined(word.start)) {
      return Chars.NONE;
    }
    if (labelled == null) {
      labelled = new Labelled(text, names());
    }
    int number = labelled.label(word);
    if (number == 0) {
      return Chars.NONE;
    }
    Label label = Label.at(number);
    int end = labelled.end(label);
    if (end == Chars.NONE) {
      return Chars.NONE;
    }
    if (label == Label.BIRTH) {
      places.add(ContentKind.DATE, labelled.start(), end);
    }
    return add(label.kind, labelled.start(), end);
  }

  /** Numbers of letters and digits. */
  private int mixed(int at, int wordEnd) {
    if (isJoined(at)) {
      return Chars.NONE;
    }
    int end = Mixed.beneficiaryEnd(text, at);
    if (end != Chars.NONE) {
      return add(ContentKind.PLAN_NUMBER, at, end);
    }
    int length = wordEnd - at;
    if (length >= 4
        && Chars.isDigit(Chars.at(text, at + 2))
        && Chars.isDigit(Chars.at(text, at + 3))
        && Chars.isLetter(text.charAt(at))) {
      end = Mixed.ibanEnd(text, at);
      if (end != Chars.NONE) {
        return add(ContentKind.ACCOUNT_NUMBER, at, end);
      }
    }
    if (Mixed.isVin(text, at, wordEnd)) {
      return add(ContentKind.VEHICLE_NUMBER, at, wordEnd);
    }
    if (Mixed.isDea(text, at, wordEnd)) {
      return add(ContentKind.LICENSE_NUMBER, at, wordEnd);
    }
    if (Mixed.isNational(text, at, wordEnd)) {
      return add(ContentKind.NATIONAL_ID, at, wordEnd);
    }
    end = Chars.isDigit(text.charAt(at)) ? Mixed.finnishEnd(text, at) : Chars.NONE;
    return end == Chars.NONE ? end : add(ContentKind.NATIONAL_ID, at, end);
  }

  /** Whether a hyphen joins the place to a word before it, as in a code of several parts. */
  private boolean isJoined(int at) {
    return Chars.isHyphen(Chars.at(text, at - 1)) && Chars.isWord(Chars.at(text, at - 2));
  }

  private int marks(int at, char c) {
    if (c == '(' && Chars.at(text, at + 1) == '0') {
      int end = Devices.gs1End(text, at);
      if (end != Chars.NONE) {
        return add(ContentKind.DEVICE_SERIAL, at, end);
      }
    }
    if (c == '+' || c == '=') {
      int end = Devices.otherEnd(text, at);
      if (end != Chars.NONE) {
        return add(ContentKind.DEVICE_SERIAL, at, end);
      }
    }
    if (c == '#') {
      int end = Chars.digitsEnd(text, at + 1);
      boolean record = end - at > 5 && end - at < 14 && !Chars.isLetter(Chars.at(text, end));
      return record ? add(ContentKind.RECORD_NUMBER, at + 1, end) : at + 1;
    }
    if (c == '-' && !Chars.isWord(Chars.at(text, at - 1))) {
      int end = Coordinates.pairEnd(text, at + 1);
      return end == Chars.NONE ? at + 1 : add(ContentKind.COORDINATES, at, end);
    }
    boolean plus =
        c == '+' && (Chars.isDigit(Chars.at(text, at + 1)) || Chars.at(text, at + 1) == '(');
    boolean parenthesis = c == '(' && Chars.isDigit(Chars.at(text, at + 1));
    return plus || parenthesis ? phone(at, plus) : at + 1;
  }

  private int phone(int at, boolean plus) {
    int first = at + 1;
    while (first < at + 3 && !Chars.isDigit(Chars.at(text, first))) {
      first++;
    }
    groups.read(text, first);
    if (groups.count() == 0) {
      return at + 1;
    }
    int end = plus ? Phones.internationalEnd(text, groups) : Chars.NONE;
    if (!plus && groups.separator(0) == ')') {
      end = Phones.end(text, first, groups);
      end = end == Chars.NONE ? Phones.parenthesisEnd(text, groups) : end;
    }
    return end == Chars.NONE ? at + 1 : add(ContentKind.PHONE, at, end);
  }

  /** E-mail, web, hardware and IPv6 addresses, whose words would be something else alone. */
  private int address(int at) {
    int end = Internet.emailEnd(text, at, nextSign(at));
    if (end != Chars.NONE) {
      return add(ContentKind.EMAIL, at, end);
    }
    char before = Chars.at(text, at - 1);
    end = before == '.' || before == '-' ? Chars.NONE : Internet.urlEnd(text, at);
    if (end != Chars.NONE) {
      return add(ContentKind.URL, at, end);
    }
    int wordEnd = Chars.wordEnd(text, at);
    end =
        Chars.isBlank(Chars.at(text, wordEnd))
                || Chars.at(text, wordEnd) == '('
                || Chars.at(text, wordEnd) == '['
            ? Internet.spelledEmailEnd(text, at, wordEnd)
            : Chars.NONE;
    if (end != Chars.NONE) {
      return add(ContentKind.EMAIL, at, end);
    }
    if (!Chars.isHex(text.charAt(at)) || wordEnd - at > 4) {
      return Chars.NONE;
    }
    end = Devices.hardwareEnd(text, at);
    if (end != Chars.NONE) {
      return add(ContentKind.DEVICE_SERIAL, at, end);
    }
    end = Internet.ipv6End(text, at);
    return end == Chars.NONE ? Chars.NONE : add(ContentKind.IP_ADDRESS, at, end);
  }

  private int nextSign(int at) {
    if (sign < at) {
      sign = at;
      while (sign < text.length() && text.charAt(sign) != '@') {
        sign++;
      }
    }
    return sign < text.length() ? sign : Chars.NONE;
  }

  private int add(ContentKind kind, int start, int end) {
    boolean written = kind == ContentKind.AGE || kind == ContentKind.POSTAL_ADDRESS;
    if (!written || !isWithinCode(end)) {
      places.add(kind, start, end);
    }
    return end;
  }

  /** Whether letters and digits go on: a random code has any two letters behind any digit. */
  private boolean isWithinCode(int end) {
    return Chars.isWord(Chars.at(text, end)) && Chars.isWord(Chars.at(text, end + 1));
  }
}
