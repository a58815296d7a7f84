package org.consentry.profile;

/**
 * Weak evidence: what a value may be when most values of its column may be it too. A single value
 * decides nothing.
 */
final class Hints {

  /** 1900-03-01 to 2099-12-31 as days of a spreadsheet. */
  private static final int FIRST_DAY = 61;

  private static final int LAST_DAY = 73_050;

  private Hints() {}

  /** Adds the kinds that a whole cell may be. */
  static void add(CharSequence value, Places places) {
    int length = value.length();
    if (length == 0 || length > 80) {
      return;
    }
    if (WholeNames.of(value) != WholeNames.Answer.NO) {
      places.add(ContentKind.NAME);
    }
    if (Coordinates.isDegree(value)) {
      places.add(ContentKind.COORDINATES);
    }
    int end = Chars.digitsEnd(value, 0);
    if (end == length && length <= 18) {
      digits(value, length, places);
    } else if (end == 3
        && length == 8
        && value.charAt(3) == '-'
        && Chars.digitsEnd(value, 4) == 8) {
      places.add(ContentKind.PHONE);
    } else if ((isDay(value, end) && isFraction(value, end)) || isDayOfYear(value, end)) {
      places.add(ContentKind.DATE);
    }
  }

  private static void digits(CharSequence value, int length, Places places) {
    byte[] digits = new byte[length];
    for (int i = 0; i < length; i++) {
      digits[i] = (byte) (value.charAt(i) - '0');
    }
    if (CheckDigits.isSnomed(digits, length)) {
      return;
    }
    if (length == 9) {
      int area = Chars.number(value, 0, 3);
      if (UsNumbers.isSsn(area, Chars.number(value, 3, 5), Chars.number(value, 5, 9))) {
        places.add(ContentKind.SSN);
      }
      places.add(ContentKind.ZIP_CODE);
    }
    if (length == 5) {
      places.add(ContentKind.ZIP_CODE);
      if (isDay(value, 5)) {
        places.add(ContentKind.DATE);
      }
    }
    if (length == 6 && Dates.isDay(digits[2] * 10 + digits[3], digits[4] * 10 + digits[5])) {
      places.add(ContentKind.DATE);
    }
    if ((length == 10 || length == 13) && isEpoch(value)) {
      places.add(ContentKind.DATE);
    }
    if (NationalIds.mayBe(digits, length)) {
      places.add(ContentKind.NATIONAL_ID);
    }
  }

  /** Seconds or milliseconds since 1970, from 2001 to 2033. */
  private static boolean isEpoch(CharSequence value) {
    int start = Chars.number(value, 0, 4);
    return start >= 1000 && start < 2000;
  }

  /** A time of day as the part of a day; two decimals are an amount of money. */
  private static boolean isFraction(CharSequence value, int dot) {
    int decimals = Chars.digitsEnd(value, dot + 1) - dot - 1;
    return Chars.at(value, dot) == '.'
        && decimals > 0
        && decimals != 2
        && dot + 1 + decimals == value.length();
  }

  /**
   * A day of a year as ISO 8601 counts it, {@code 2021-063}: years and numbers of cases as well.
   */
  private static boolean isDayOfYear(CharSequence value, int end) {
    boolean form =
        end == 4
            && value.length() == 8
            && value.charAt(4) == '-'
            && Chars.digitsEnd(value, 5) == 8
            && Dates.isYear(Chars.number(value, 0, 4));
    int day = form ? Chars.number(value, 5, 8) : 0;
    return day >= 1 && day <= 366;
  }

  private static boolean isDay(CharSequence value, int end) {
    int day = Chars.number(value, 0, Math.min(end, 6));
    return end >= 4 && end <= 5 && day >= FIRST_DAY && day <= LAST_DAY;
  }
}
