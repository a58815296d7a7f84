package org.consentry.profile;

/**
 * Numbers of letters and digits in one word, decided by their form and check digit. Letters count
 * in either case, unless a form would then be an ordinary word.
 */
final class Mixed {

  private static final String VIN_CHARACTERS = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ";
  private static final int[] VIN_WEIGHTS = {8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};
  private static final String DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";
  private static final String IRISH_LETTERS = "WABCDEFGHIJKLMNOPQRSTUV";
  private static final String FINNISH = "0123456789ABCDEFHJKLMNPRSTUVWXY";
  private static final int[] ITALIAN_ODD = {
    1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23
  };

  private Mixed() {}

  /**
   * Vehicle identification number of 17 characters with its check digit (ISO 3779; 49 CFR 565.15).
   * The last four are digits and three others at least are letters.
   */
  static boolean isVin(CharSequence text, int start, int end) {
    if (end - start != 17) {
      return false;
    }
    int sum = 0;
    int letters = 0;
    for (int i = 0; i < 17; i++) {
      char c = upper(text.charAt(start + i));
      boolean letter = c >= 'A' && c <= 'Z';
      int at = VIN_CHARACTERS.indexOf(c);
      if (at < 0 || (letter && i > 12)) {
        return false;
      }
      letters += letter ? 1 : 0;
      sum += VIN_WEIGHTS[i] * vinValue(c);
    }
    char check = upper(text.charAt(start + 8));
    return letters >= 3 && check == (sum % 11 == 10 ? 'X' : (char) ('0' + sum % 11));
  }

  private static int vinValue(char c) {
    if (c <= '9') {
      return c - '0';
    }
    int i = c - 'A';
    return c < 'I' ? i + 1 : c < 'S' ? i - 8 : i - 16;
  }

  /** Medicare beneficiary identifier, with or without hyphens (CMS, understanding the MBI). */
  static int beneficiaryEnd(CharSequence text, int start) {
    int at = start;
    for (int i = 0; i < 11; i++) {
      if ((i == 4 || i == 7) && Chars.at(text, at) == '-') {
        at++;
      }
      if (!isBeneficiary(Chars.at(text, at), "1ANDANDAADD".charAt(i))) {
        return Chars.NONE;
      }
      at++;
    }
    boolean more = Chars.at(text, at) == '-' && Chars.isWord(Chars.at(text, at + 1));
    return Chars.isAlone(text, start, at) && !more ? at : Chars.NONE;
  }

  private static boolean isBeneficiary(char c, char form) {
    boolean letter = upper(c) >= 'A' && upper(c) <= 'Z' && "SLOIBZ".indexOf(upper(c)) < 0;
    return switch (form) {
      case '1' -> c >= '1' && c <= '9';
      case 'D' -> Chars.isDigit(c);
      case 'A' -> letter;
      default -> letter || Chars.isDigit(c);
    };
  }

  /** DEA registration: two letters, six digits, a check digit (21 CFR 1301; DEA form). */
  static boolean isDea(CharSequence text, int start, int end) {
    char first = end - start == 9 ? text.charAt(start) : 0;
    char second = end - start == 9 ? text.charAt(start + 1) : 0;
    if ("ABCDEFGHJKLMPRSTUX".indexOf(first) < 0 || !(second >= 'A' && second <= 'Z')) {
      return false;
    }
    byte[] d = new byte[7];
    if (!digits(text, start + 2, end, d)) {
      return false;
    }
    return (d[0] + d[2] + d[4] + 2 * (d[1] + d[3] + d[5])) % 10 == d[6];
  }

  /** A number of another country: United Kingdom, Ireland, Spain, Italy, Germany, China. */
  static boolean isNational(CharSequence text, int start, int end) {
    return switch (end - start) {
      case 8 -> isIrish(text, start, 8);
      case 9 -> isNino(text, start) || isSpanish(text, start) || isIrish(text, start, 9);
      case 12 -> isGermanPension(text, start);
      case 16 -> isItalian(text, start);
      case 18 -> isChinese(text, start);
      default -> false;
    };
  }

  private static boolean isNino(CharSequence text, int start) {
    char a = text.charAt(start);
    char b = text.charAt(start + 1);
    char last = text.charAt(start + 8);
    boolean prefix =
        a >= 'A'
            && a <= 'Z'
            && b >= 'A'
            && b <= 'Z'
            && "DFIQUV".indexOf(a) < 0
            && "DFIQUVO".indexOf(b) < 0;
    return prefix && last >= 'A' && last <= 'D' && digits(text, start + 2, start + 8, new byte[6]);
  }

  private static boolean isSpanish(CharSequence text, int start) {
    char first = text.charAt(start);
    int foreign = "XYZ".indexOf(first);
    byte[] d = new byte[8];
    if (!digits(text, start + 1, start + 8, d) || !(foreign >= 0 || Chars.isDigit(first))) {
      return false;
    }
    int number =
        (foreign >= 0 ? foreign : first - '0') * 10_000_000
            + Chars.number(text, start + 1, start + 8);
    return DNI_LETTERS.charAt(number % 23) == text.charAt(start + 8);
  }

  private static boolean isIrish(CharSequence text, int start, int length) {
    byte[] d = new byte[7];
    if (!digits(text, start, start + 7, d)) {
      return false;
    }
    int second = length == 9 ? text.charAt(start + 8) - 'A' + 1 : 0;
    boolean known = length == 8 || "ABHW".indexOf(text.charAt(start + 8)) >= 0;
    int sum = CheckDigits.weighted(d, 8, 7, 6, 5, 4, 3, 2) + 9 * second;
    return known && IRISH_LETTERS.charAt(sum % 23) == text.charAt(start + 7);
  }

  /** Area, date of birth, letter, serial and check digit (VKVV section 4). */
  private static boolean isGermanPension(CharSequence text, int start) {
    byte[] d = new byte[13];
    char letter = text.charAt(start + 8);
    if (!digits(text, start, start + 8, d) || letter < 'A' || letter > 'Z') {
      return false;
    }
    byte[] rest = new byte[3];
    if (!digits(text, start + 9, start + 12, rest)) {
      return false;
    }
    d[8] = (byte) ((letter - 'A' + 1) / 10);
    d[9] = (byte) ((letter - 'A' + 1) % 10);
    d[10] = rest[0];
    d[11] = rest[1];
    int[] weights = {2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1};
    int sum = 0;
    for (int i = 0; i < 12; i++) {
      int product = d[i] * weights[i];
      sum += product / 10 + product % 10;
    }
    return Dates.isMonth(d[4] * 10 + d[5]) && sum % 10 == rest[2];
  }

  private static boolean isItalian(CharSequence text, int start) {
    String form = "AAAAAADDADDADDDA";
    int sum = 0;
    for (int i = 0; i < 16; i++) {
      char c = upper(text.charAt(start + i));
      boolean letter = c >= 'A' && c <= 'Z';
      if (form.charAt(i) == 'A' ? !letter : !Chars.isDigit(c)) {
        return false;
      }
      int value = letter ? c - 'A' : c - '0';
      sum += i == 15 ? 0 : i % 2 == 0 ? ITALIAN_ODD[value] : value;
    }
    return sum % 26 == upper(text.charAt(start + 15)) - 'A';
  }

  private static boolean isChinese(CharSequence text, int start) {
    byte[] d = new byte[17];
    char check = upper(text.charAt(start + 17));
    if (!digits(text, start, start + 17, d) || !(Chars.isDigit(check) || check == 'X')) {
      return false;
    }
    int sum = CheckDigits.weighted(d, 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2);
    int year = Chars.number(text, start + 6, start + 10);
    return year >= 1900
        && year < 2100
        && Dates.isDay(d[10] * 10 + d[11], d[12] * 10 + d[13])
        && "10X98765432".charAt(sum % 11) == check;
  }

  /** Finnish identity code DDMMYY-NNNC, which has a hyphen or sign of the century inside. */
  static int finnishEnd(CharSequence text, int start) {
    int end = start + 11;
    if (end > text.length() || !Chars.isAlone(text, start, end)) {
      return Chars.NONE;
    }
    byte[] d = new byte[9];
    byte[] serial = new byte[3];
    boolean form =
        digits(text, start, start + 6, d)
            && digits(text, start + 7, start + 10, serial)
            && "-+ABCDEFYXWVU".indexOf(text.charAt(start + 6)) >= 0;
    if (!form || !Dates.isDay(d[2] * 10 + d[3], d[0] * 10 + d[1])) {
      return Chars.NONE;
    }
    int number =
        Chars.number(text, start, start + 6) * 1000 + Chars.number(text, start + 7, start + 10);
    return FINNISH.charAt(number % 31) == text.charAt(start + 10) ? end : Chars.NONE;
  }

  /**
   * International bank account number, blanks between groups allowed (ISO 13616). It is written in
   * capitals: of random codes in small letters one in a few thousand has its check digits.
   */
  static int ibanEnd(CharSequence text, int start) {
    int rest = 0;
    int count = 0;
    int at = start;
    // The first four characters count last: read them again behind the end.
    int end = Chars.NONE;
    while (at < text.length() && count < 35) {
      char c = text.charAt(at);
      boolean blank =
          c == ' ' && count > 0 && count % 4 == 0 && Chars.isWord(Chars.at(text, at + 1));
      if (!blank) {
        if (c > 127 || !Chars.isWord(c) || Character.isLowerCase(c)) {
          break;
        }
        count++;
        rest = count > 4 ? append(rest, c) : rest;
      } else if (count >= 15 && isIban(text, start, rest)) {
        return at;
      }
      at++;
    }
    if (count >= 15 && count < 35 && isIban(text, start, rest)) {
      end = at;
    }
    return end;
  }

  private static boolean isIban(CharSequence text, int start, int rest) {
    int sum = rest;
    for (int i = 0; i < 4; i++) {
      sum = append(sum, text.charAt(start + i));
    }
    return sum == 1
        && Chars.isLetter(text.charAt(start + 1))
        && Chars.isDigit(text.charAt(start + 2))
        && Chars.isDigit(text.charAt(start + 3));
  }

  private static int append(int rest, char c) {
    return Chars.isDigit(c) ? (rest * 10 + c - '0') % 97 : (rest * 100 + upper(c) - 'A' + 10) % 97;
  }

  private static boolean digits(CharSequence text, int start, int end, byte[] into) {
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (!Chars.isDigit(c)) {
        return false;
      }
      into[i - start] = (byte) (c - '0');
    }
    return true;
  }

  private static char upper(char c) {
    return c >= 'a' && c <= 'z' ? (char) (c - 32) : c;
  }
}
