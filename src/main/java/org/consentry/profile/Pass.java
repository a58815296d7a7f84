package org.consentry.profile;

/**
 * One pass over a text, from word to word. What may begin at a word depends on its first character;
 * each form looks ahead a bounded number of characters, so that the time grows with the length of
 * the text alone.
 */
final class Pass {

  private final CharSequence text;
  private final Places places;
  private final Groups groups = new Groups();

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
    if (end != Chars.NONE) {
      return end;
    }
    groups.read(text, at);
    end = Internet.ipv4End(text, at, groups);
    if (end != Chars.NONE) {
      return add(ContentKind.IP_ADDRESS, at, end);
    }
    end = UsNumbers.ssnEnd(groups);
    if (end != Chars.NONE) {
      return add(ContentKind.SSN, at, end);
    }
    end = Dates.end(text, at, groups);
    if (end != Chars.NONE) {
      return add(ContentKind.DATE, at, end);
    }
    end = Phones.end(text, at, groups);
    if (end != Chars.NONE) {
      return add(ContentKind.PHONE, at, end);
    }
    end = UsNumbers.zip4End(groups);
    if (end != Chars.NONE) {
      return add(ContentKind.ZIP_CODE, at, end);
    }
    return Chars.wordEnd(text, at);
  }

  private int letters(int at) {
    int end = address(at);
    return end != Chars.NONE ? end : Chars.wordEnd(text, at);
  }

  private int marks(int at, char c) {
    boolean plus = c == '+' && Chars.isDigit(Chars.at(text, at + 1));
    boolean parenthesis = c == '(' && Chars.isDigit(Chars.at(text, at + 1));
    if (!plus && !parenthesis) {
      return at + 1;
    }
    groups.read(text, at + 1);
    int end = plus ? Phones.internationalEnd(text, groups) : Chars.NONE;
    if (parenthesis && groups.separator(0) == ')') {
      end = Phones.end(text, at + 1, groups);
    }
    return end == Chars.NONE ? at + 1 : add(ContentKind.PHONE, at, end);
  }

  /** E-mail, web and IPv6 addresses, whose words would be something else by themselves. */
  private int address(int at) {
    int end = Internet.emailEnd(text, at, nextSign(at));
    if (end != Chars.NONE) {
      return add(ContentKind.EMAIL, at, end);
    }
    end = Internet.urlEnd(text, at);
    if (end != Chars.NONE) {
      return add(ContentKind.URL, at, end);
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
    places.add(kind, start, end);
    return end;
  }
}
