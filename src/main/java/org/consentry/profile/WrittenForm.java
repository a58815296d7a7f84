package org.consentry.profile;

import java.time.YearMonth;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How one value is written. Nothing of the value itself.
 *
 * @param types every type that it fits but code, which its bytes decide
 * @param dates every way of writing a date that it fits
 * @param year its year, four digits; 0 where it has none
 * @param isShortYear whether it is a date whose year has two digits
 * @param isHalfDay whether it has a time of twelve hours
 * @param isNumber whether it is a plain number, which may begin with zeros
 * @param styled how it may be read as a number that is written for people
 */
record WrittenForm(
    Set<ColumnType> types,
    Set<DateForm> dates,
    int year,
    boolean isShortYear,
    boolean isHalfDay,
    boolean isNumber,
    StyledNumber styled) {

  /** A date, a time and a zone are shorter. */
  private static final int LONGEST_DATE = 48;

  private static final Set<String> YES_NO =
      Set.of("yes", "no", "y", "n", "true", "false", "t", "f", "0", "1", "ja", "nein");

  private static final int LONGEST_YES = 5;

  private static final String CLOCK =
      "\\d{1,2}:\\d{2}(?::\\d{2}(?:[.,]\\d{1,9})?)?(?: ?[AaPp]\\.?[Mm]\\.?)?"
          + "(?: ?(?:[Zz]|UTC|GMT|[+-]\\d{2}:?\\d{2}))?";

  private static final Pattern HALF_DAY = Pattern.compile("[0-9] ?[AaPp]\\.?[Mm]\\.?");

  private static final Pattern TIME = Pattern.compile(CLOCK);
  private static final String BEHIND = "(?:(?:[T,] ?| +)(" + CLOCK + "))?";
  private static final Pattern DIGITS =
      Pattern.compile("(\\d{1,4})([-/.])(\\d{1,2})\\2(\\d{1,4})" + BEHIND);
  private static final Pattern COMPACT =
      Pattern.compile("((?:1[89]|2[0-2])\\d{2})(\\d{2})(\\d{2})(?:T?(\\d{4}(?:\\d{2})?))?");
  private static final Pattern DAY_AND_NAME =
      Pattern.compile("(\\d{1,2})\\.?[- /]?(\\p{L}{3,9})\\.?[- /,] ?(\\d{4}|\\d{2})" + BEHIND);
  private static final Pattern NAME_AND_DAY =
      Pattern.compile(
          "(?:\\p{L}{3,9}, )?(\\p{L}{3,9})\\.? (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})" + BEHIND);

  WrittenForm {
    types = Set.copyOf(types);
    dates = Set.copyOf(dates);
  }

  /**
   * Looks at a value.
   *
   * @param value without blanks at its ends; not empty
   */
  static WrittenForm of(String value) {
    Set<ColumnType> types = EnumSet.noneOf(ColumnType.class);
    Dates dates = new Dates();
    boolean isNumber = false;
    StyledNumber styled = StyledNumber.NONE;
    if (value.length() <= LONGEST_DATE) {
      if (value.length() <= LONGEST_YES && YES_NO.contains(value.toLowerCase(Locale.ROOT))) {
        types.add(ColumnType.YES_NO);
      }
      if (hasDigit(value)) {
        NumberForm number = NumberForm.of(value);
        isNumber = number.isPlain();
        add(ColumnType.INTEGER, number.isInteger(), types);
        add(ColumnType.DECIMAL, number.isDecimal(), types);
        dates.read(value);
        types.addAll(dates.types);
        styled = dates.types.isEmpty() ? StyledNumber.of(value) : styled;
        if (value.indexOf(':') > 0 && TIME.matcher(value).matches()) {
          types.add(ColumnType.TIME);
        }
      }
    }
    types.add(ColumnType.TEXT);
    boolean isDate = !dates.forms.isEmpty();
    return new WrittenForm(
        types,
        dates.forms,
        dates.year,
        isDate && dates.year == 0,
        isDate && HALF_DAY.matcher(value).find(),
        isNumber,
        styled);
  }

  private static void add(ColumnType type, boolean fits, Set<ColumnType> types) {
    if (fits) {
      types.add(type);
    }
  }

  private static boolean hasDigit(String value) {
    return value.chars().anyMatch(c -> Chars.isDigit((char) c));
  }

  /** Collects the ways in which one value may be a date. */
  private static final class Dates {

    private final Set<DateForm> forms = EnumSet.noneOf(DateForm.class);
    private final Set<ColumnType> types = EnumSet.noneOf(ColumnType.class);
    private int year;

    /** A date begins with a digit or a letter, and only a pattern that may fit is tried. */
    void read(String value) {
      if (!Chars.isDigit(value.charAt(0))) {
        named(value);
        return;
      }
      int digitsEnd = Chars.digitsEnd(value, 0);
      Matcher digits = DIGITS.matcher(value);
      if (digitsEnd <= 4 && digits.matches()) {
        digits(digits);
        return;
      }
      Matcher compact = COMPACT.matcher(value);
      if (digitsEnd >= 8 && compact.matches()) {
        add(DateForm.COMPACT, compact.group(1), at(compact, 2), at(compact, 3), compact.group(4));
      }
      if (value.chars().anyMatch(Character::isLetter)) {
        Matcher day = DAY_AND_NAME.matcher(value);
        if (day.matches()) {
          add(
              DateForm.DAY_AND_NAME,
              day.group(3),
              Months.number(day.group(2)),
              at(day, 1),
              day.group(4));
        }
      }
    }

    private void named(String value) {
      Matcher name = NAME_AND_DAY.matcher(value);
      if (name.matches()) {
        add(
            DateForm.NAME_AND_DAY,
            name.group(3),
            Months.number(name.group(1)),
            at(name, 2),
            name.group(4));
      }
    }

    private void digits(Matcher found) {
      String first = found.group(1);
      String last = found.group(4);
      String time = found.group(5);
      int middle = at(found, 3);
      if (first.length() == 4 && last.length() <= 2) {
        DateForm form =
            found.group(2).equals("-") ? DateForm.YEAR_FIRST : DateForm.YEAR_FIRST_SLASHES;
        add(form, first, middle, at(found, 4), time);
      } else if (first.length() <= 2 && last.length() != 1 && last.length() != 3) {
        switch (found.group(2)) {
          case "." -> add(DateForm.DOTS, last, middle, at(found, 1), time);
          case "-" -> {
            add(DateForm.MONTH_FIRST_DASHES, last, at(found, 1), middle, time);
            add(DateForm.DAY_FIRST_DASHES, last, middle, at(found, 1), time);
          }
          default -> {
            add(DateForm.MONTH_FIRST, last, at(found, 1), middle, time);
            add(DateForm.DAY_FIRST, last, middle, at(found, 1), time);
          }
        }
      }
    }

    private void add(DateForm form, String writtenYear, int month, int day, @Nullable String time) {
      boolean full = writtenYear.length() == 4;
      int read = Integer.parseInt(writtenYear);
      if (month < 1 || month > 12 || day < 1 || day > daysIn(full ? read : 2000, month)) {
        return;
      }
      if (full && (read < 1800 || read > 2299)) {
        return;
      }
      forms.add(form);
      types.add(ColumnType.TIMESTAMP);
      if (time == null) {
        types.add(ColumnType.DATE);
      }
      year = full ? read : year;
    }

    private static int at(Matcher found, int group) {
      return Integer.parseInt(found.group(group));
    }

    private static int daysIn(int year, int month) {
      return YearMonth.of(year, month).lengthOfMonth();
    }
  }
}
