package org.consentry.profile;

/**
 * Dates in digits: ISO 8601 with hyphens, US and German order, and compact. Years 1850 to 2299, as
 * sources whose dates were moved have them. A year alone is no date, because Safe Harbor releases
 * it; a month of a year is.
 */
final class Dates {

  private static final int[] DAYS = {0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  private Dates() {}

  /** End of a date that begins with a digit. */
  static int end(CharSequence text, int start, Groups groups) {
    int end = threeGroups(groups);
    if (end == Chars.NONE) {
      end = compact(text, groups);
    }
    if (end == Chars.NONE) {
      end = monthOfYear(groups);
    }
    if (end == Chars.NONE) {
      end = week(text, groups);
    }
    if (end == Chars.NONE) {
      end = quarter(text, groups);
    }
    char before = Chars.at(text, start - 1);
    boolean part =
        (Chars.isHyphen(before) && !Chars.isLetter(Chars.at(text, start - 2)))
            || before == '/'
            || (before == '.' && Chars.isDigit(Chars.at(text, start - 2)));
    return part ? Chars.NONE : end;
  }

  private static int threeGroups(Groups groups) {
    if (groups.count() < 3 || !groups.separatedBy("-/.", 3)) {
      return Chars.NONE;
    }
    int first = groups.length(0);
    int second = groups.length(1);
    int third = groups.length(2);
    if (second > 2 || !isEndOfDate(groups)) {
      return Chars.NONE;
    }
    int a = groups.number(0);
    int b = groups.number(1);
    int c = groups.number(2);
    boolean date;
    if (first == 4 && third <= 2) {
      date = isYear(a) && (isDay(b, c) || (groups.separator(0) != '-' && isDay(c, b)));
    } else if (first <= 2 && third == 4) {
      date = isYear(c) && (isDay(a, b) || isDay(b, a));
    } else {
      boolean plain =
          groups.separator(0) == '/'
              ? first <= 2 && third == 2
              : first == 2 && second == 2 && third == 2;
      date = plain && (isDay(a, b) || isDay(b, a));
    }
    return date ? groups.end(2) : Chars.NONE;
  }

  /** A date may be followed by T or Z, and by a blank and more digits. */
  private static boolean isEndOfDate(Groups groups) {
    char after = groups.separator(2);
    return after == Groups.END
        ? groups.endsAfter(3) || groups.isTimeAfter(2)
        : after != groups.separator(0) && after != '/';
  }

  private static int compact(CharSequence text, Groups groups) {
    int length = groups.length(0);
    boolean known = length == 8 || length == 12 || length == 14;
    if (!known || !isWholeNumber(text, groups)) {
      return Chars.NONE;
    }
    int at = groups.start(0);
    int year = Chars.number(text, at, at + 4);
    boolean date =
        isYear(year)
            && isDay(Chars.number(text, at + 4, at + 6), Chars.number(text, at + 6, at + 8))
            && text.charAt(at + 4) < '2';
    if (length > 8) {
      date &= Chars.number(text, at + 8, at + 10) < 24 && Chars.number(text, at + 10, at + 12) < 60;
    }
    return date ? groups.end(0) : Chars.NONE;
  }

  private static boolean isWholeNumber(CharSequence text, Groups groups) {
    char after = groups.separator(0);
    boolean time = groups.isTimeAfter(0);
    return (after == Groups.END && (time || !Chars.isLetter(Chars.at(text, groups.end(0)))))
        || after == ' ';
  }

  private static int monthOfYear(Groups groups) {
    if (groups.count() < 2 || !groups.endsAfter(2)) {
      return Chars.NONE;
    }
    char separator = groups.separator(0);
    boolean yearFirst =
        groups.length(0) == 4 && groups.length(1) == 2 && (separator == '-' || separator == '/');
    boolean yearLast = groups.length(0) <= 2 && groups.length(1) == 4 && separator == '/';
    boolean date =
        (yearFirst && isYear(groups.number(0)) && isMonth(groups.number(1)))
            || (yearLast && isYear(groups.number(1)) && isMonth(groups.number(0)));
    return date && groups.separator(1) != '.' ? groups.end(1) : Chars.NONE;
  }

  /** A week of a year and a day of it, {@code 2021-W09-4} or {@code 2021-W09}. */
  private static int week(CharSequence text, Groups groups) {
    int at = groups.end(0);
    boolean year = groups.length(0) == 4 && isYear(groups.number(0));
    if (!year || Chars.at(text, at) != '-' || Chars.at(text, at + 1) != 'W') {
      return Chars.NONE;
    }
    int end = Chars.digitsEnd(text, at + 2);
    boolean week = end == at + 4 && Chars.number(text, at + 2, end) <= 53;
    if (!week || Chars.isLetter(Chars.at(text, end))) {
      return Chars.NONE;
    }
    boolean day = Chars.at(text, end) == '-' && Chars.digitsEnd(text, end + 1) == end + 2;
    return day ? end + 2 : end;
  }

  /** A quarter of a year, {@code 2021-Q1}. */
  private static int quarter(CharSequence text, Groups groups) {
    int at = groups.end(0);
    boolean year = groups.length(0) == 4 && isYear(groups.number(0));
    at += isJoint(Chars.at(text, at)) ? 1 : 0;
    return year && isQuarter(text, at) ? at + 2 : Chars.NONE;
  }

  /** End of a quarter before its year, {@code Q1 2021}; {@code q4 2000} is every four hours. */
  static int quarterEnd(CharSequence text, int start) {
    int year = start + 3;
    boolean quarter =
        text.charAt(start) == 'Q'
            && isQuarter(text, start)
            && isJoint(Chars.at(text, start + 2))
            && Chars.digitsEnd(text, year) == year + 4
            && isYear(Chars.number(text, year, year + 4));
    return quarter && !Chars.isWord(Chars.at(text, year + 4)) ? year + 4 : Chars.NONE;
  }

  private static boolean isQuarter(CharSequence text, int at) {
    char number = Chars.at(text, at + 1);
    return (Chars.at(text, at) | 32) == 'q'
        && number >= '1'
        && number <= '4'
        && !Chars.isWord(Chars.at(text, at + 2));
  }

  private static boolean isJoint(char c) {
    return Chars.isBlank(c) || Chars.isHyphen(c) || c == '/';
  }

  /** End of a month with two digits of its year, {@code 08/22}, where a label announces a date. */
  static int shortMonthEnd(Groups groups) {
    boolean month = groups.shaped(1, 2) || groups.shaped(2, 2);
    return month && groups.separator(0) == '/' && isMonth(groups.number(0))
        ? groups.end(1)
        : Chars.NONE;
  }

  static boolean isYear(int year) {
    return year >= 1850 && year < 2300;
  }

  static boolean isMonth(int month) {
    return month >= 1 && month <= 12;
  }

  static boolean isDay(int month, int day) {
    return isMonth(month) && day >= 1 && day <= DAYS[month];
  }
}
