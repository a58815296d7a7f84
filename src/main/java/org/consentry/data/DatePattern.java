package org.consentry.data;

import java.text.ParsePosition;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalField;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A pattern such as {@code dd.MM.yyyy[ HH:mm]} in letters of {@link DateTimeFormatter}, read
 * strictly: 31 April is no date, and a year has four digits. A blank of the pattern is any blank
 * that does not break the line. Immutable.
 */
final class DatePattern {

  /** The letters, as messages list them. */
  static final String LETTERS =
      "yyyy, M, MM, MMM, d, dd, H, HH, h, hh, m, mm, s, ss, S to SSSSSSSSS, a, X, XX, XXX, text in"
          + " single quotes, and [ ] around what may be absent";

  private static final List<String> MONTHS =
      List.of(
          "January",
          "February",
          "March",
          "April",
          "May",
          "June",
          "July",
          "August",
          "September",
          "October",
          "November",
          "December");

  private static final Map<Integer, String> OFFSETS = Map.of(1, "+HHmm", 2, "+HHMM", 3, "+HH:MM");

  private static final Map<Character, TemporalField> NUMBERS =
      Map.of(
          'M', ChronoField.MONTH_OF_YEAR,
          'd', ChronoField.DAY_OF_MONTH,
          'H', ChronoField.HOUR_OF_DAY,
          'h', ChronoField.CLOCK_HOUR_OF_AMPM,
          'm', ChronoField.MINUTE_OF_HOUR,
          's', ChronoField.SECOND_OF_MINUTE);

  private final String pattern;
  private final DateTimeFormatterBuilder builder =
      new DateTimeFormatterBuilder().parseCaseInsensitive();
  private final Set<Character> letters = new HashSet<>();
  private final DateTimeFormatter formatter;
  private int depth;
  private int at;

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException when it is none; the message ends a sentence that begins with
   *     the key
   */
  DatePattern(String pattern) {
    this.pattern = pattern;
    while (at < pattern.length()) {
      piece();
    }
    require(depth == 0, "has [ and ] that do not match");
    complete();
    formatter = builder.toFormatter(Locale.ROOT);
  }

  private void piece() {
    char c = pattern.charAt(at);
    if (c == '\'') {
      quoted();
    } else if (c == '[') {
      depth++;
      at++;
      builder.optionalStart();
    } else if (c == ']') {
      require(depth > 0, "has [ and ] that do not match");
      depth--;
      at++;
      builder.optionalEnd();
    } else if (Character.isLetter(c)) {
      letter(c);
    } else {
      require(!Character.isDigit(c) && c != '{' && c != '}' && c != '#', "has '" + c + "'");
      builder.appendLiteral(c);
      at++;
    }
  }

  private void quoted() {
    int end = pattern.indexOf('\'', at + 1);
    require(end > at, "has a single quote that is not closed");
    builder.appendLiteral(end == at + 1 ? "'" : pattern.substring(at + 1, end));
    at = end + 1;
  }

  private void letter(char c) {
    int start = at;
    while (at < pattern.length() && pattern.charAt(at) == c) {
      at++;
    }
    int count = at - start;
    require(letters.add(c == 'u' ? 'y' : c), "has the letter '" + c + "' twice");
    require(depth == 0 || "yuMd".indexOf(c) < 0, "has a part of the date in [ ]");
    switch (c) {
      case 'y', 'u' -> year(count);
      case 'M' -> month(count);
      case 'd', 'H', 'h', 'm', 's' -> number(c, count);
      case 'S' -> {
        require(count <= 9, "has more than nine S");
        builder.appendFraction(ChronoField.NANO_OF_SECOND, 1, count, false);
      }
      case 'a' -> {
        require(count == 1, "has more than one a");
        builder.appendText(ChronoField.AMPM_OF_DAY, Map.of(0L, "AM", 1L, "PM"));
      }
      case 'X' -> {
        require(count <= 3, "has more than three X");
        builder.appendOffset(OFFSETS.getOrDefault(count, ""), "Z");
      }
      default ->
          require(
              false,
              "has '"
                  + c
                  + "', which is no letter of a pattern; allowed are "
                  + LETTERS
                  + "; or "
                  + WrittenDates.WORDS);
    }
  }

  private void year(int count) {
    require(
        count == 4,
        "has a year of "
            + count
            + " digits, whose century would be a guess; write yyyy, and export years with four"
            + " digits");
    builder.appendValue(ChronoField.YEAR, 4);
  }

  private void month(int count) {
    require(count <= 4, "has more than four M");
    if (count <= 2) {
      number('M', count);
      return;
    }
    Map<Long, String> names = new LinkedHashMap<>();
    for (int month = 0; month < MONTHS.size(); month++) {
      String name = MONTHS.get(month);
      names.put(month + 1L, count == 3 ? name.substring(0, 3) : name);
    }
    builder.appendText(ChronoField.MONTH_OF_YEAR, names);
  }

  private void number(char letter, int count) {
    require(count <= 2, "has more than two " + letter);
    TemporalField field = NUMBERS.getOrDefault(letter, ChronoField.DAY_OF_MONTH);
    if (count == 2) {
      builder.appendValue(field, 2);
      return;
    }
    boolean joined = at < pattern.length() && "yuMdHhmsS".indexOf(pattern.charAt(at)) >= 0;
    require(
        !joined,
        "has another number directly after "
            + letter
            + "; write "
            + letter
            + letter
            + " where numbers have no separator");
    builder.appendValue(field, 1, 2, SignStyle.NOT_NEGATIVE);
  }

  private void complete() {
    require(has('y'), "has no year; write yyyy");
    require(has('M'), "has no month; write MM (mm are minutes)");
    require(has('d'), "has no day of the month; write dd");
    require(!has('H') || !has('h'), "has both H and h");
    require(has('h') == has('a'), "has h without a, or a without h; hours to 24 are HH");
    require(hasTime() || !(has('m') || has('X')), "has minutes or an offset without hours");
    require(has('m') || !hasTime(), "has hours without minutes; write mm");
    require(has('m') || !has('s'), "has seconds without minutes");
    require(has('s') || !has('S'), "has fractions of a second without seconds");
  }

  private static void require(boolean fits, String message) {
    if (!fits) {
      throw new IllegalArgumentException(message);
    }
  }

  private boolean has(char letter) {
    return letters.contains(letter);
  }

  private boolean hasTime() {
    return has('H') || has('h');
  }

  /** Whether it has an offset from UTC. */
  boolean hasOffset() {
    return has('X');
  }

  /** The same date or time the ISO way, as exactly as it was written; empty when it is none. */
  Optional<String> iso(String cell) {
    String text = cell.replace('\u00A0', ' ').replace('\u202F', ' ');
    ParsePosition position = new ParsePosition(0);
    TemporalAccessor read = formatter.parseUnresolved(text, position);
    if (read == null || position.getIndex() != text.length()) {
      return Optional.empty();
    }
    int year = number(read, ChronoField.YEAR);
    int month = number(read, ChronoField.MONTH_OF_YEAR);
    int day = number(read, ChronoField.DAY_OF_MONTH);
    boolean exists = year >= 1000 && month >= 1 && month <= 12 && day >= 1;
    if (!exists || day > YearMonth.of(year, month).lengthOfMonth()) {
      return Optional.empty();
    }
    String date = year + "-" + two(month) + "-" + two(day);
    return time(read).map(time -> date + time);
  }

  private static Optional<String> time(TemporalAccessor read) {
    if (!read.isSupported(ChronoField.MINUTE_OF_HOUR)) {
      return Optional.of("");
    }
    int hour = hour(read);
    int minute = number(read, ChronoField.MINUTE_OF_HOUR);
    int second = optional(read, ChronoField.SECOND_OF_MINUTE);
    if (hour < 0 || hour > 23 || minute > 59 || second > 59) {
      return Optional.empty();
    }
    StringBuilder time = new StringBuilder("T").append(two(hour)).append(':').append(two(minute));
    if (second >= 0) {
      time.append(':').append(two(second));
    }
    int nanos = optional(read, ChronoField.NANO_OF_SECOND);
    if (nanos >= 0) {
      time.append('.').append(Integer.toString(1_000_000 + nanos / 1000), 1, 7);
    }
    if (read.isSupported(ChronoField.OFFSET_SECONDS)) {
      time.append(offset(number(read, ChronoField.OFFSET_SECONDS)));
    }
    return Optional.of(time.toString());
  }

  private static int hour(TemporalAccessor read) {
    if (read.isSupported(ChronoField.HOUR_OF_DAY)) {
      return number(read, ChronoField.HOUR_OF_DAY);
    }
    int hour = number(read, ChronoField.CLOCK_HOUR_OF_AMPM);
    return hour < 1 || hour > 12 ? -1 : hour % 12 + 12 * number(read, ChronoField.AMPM_OF_DAY);
  }

  /** As it was read: it may be out of range. */
  private static int number(TemporalAccessor read, TemporalField field) {
    return Math.toIntExact(read.getLong(field));
  }

  private static int optional(TemporalAccessor read, TemporalField field) {
    return read.isSupported(field) ? number(read, field) : -1;
  }

  private static String offset(int seconds) {
    int minutes = Math.abs(seconds) / 60;
    return (seconds < 0 ? "-" : "+") + two(minutes / 60) + ":" + two(minutes % 60);
  }

  private static String two(int number) {
    return number < 10 ? "0" + number : Integer.toString(number);
  }
}
