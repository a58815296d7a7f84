package org.consentry.export.scan;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Month;
import java.util.Arrays;

/**
 * Days as people write them: 2021-04-03, 4/3/2021 (both readings), 3.4.21, 3 April 2021, Apr 3,
 * 2021, 20210403. Years are 1900 to 2299, as sources whose dates were moved have them. Stateless.
 */
final class DateForms {

  private static final int FIRST = 1900;
  private static final int LAST = 2299;

  private static final long[] NONE = {};

  private DateForms() {}

  /** The days that a whole value may be, a time of day behind it or not; empty for no date. */
  static long[] whole(String normal) {
    Segments s = new Segments();
    s.read(normal);
    if (s.runs == 0 || s.from[0] != 0) {
      return NONE;
    }
    int used = runsOfDate(s, 0);
    if (used == 0 || (used < s.runs && !isTime(s, used))) {
      return NONE;
    }
    return at(s, 0);
  }

  private static boolean isTime(Segments s, int from) {
    for (int i = from; i < s.runs; i++) {
      boolean word = !s.digits[i] && s.size(i) <= 3;
      if (!word && (!s.digits[i] || s.size(i) > 9)) {
        return false;
      }
    }
    return s.digits[s.runs - 1] || s.size(s.runs - 1) <= 3;
  }

  /** How many runs from one on are a date: 3, 1 for eight digits, or 0. */
  static int runsOfDate(Segments s, int first) {
    if (at(s, first).length == 0) {
      return 0;
    }
    return s.digits[first] && s.size(first) == 8 ? 1 : ordinal(s, first) ? 4 : 3;
  }

  private static boolean ordinal(Segments s, int first) {
    return (first + 1 < s.runs && isOrdinal(s, first + 1))
        || (first + 2 < s.runs && isOrdinal(s, first + 2));
  }

  private static boolean isOrdinal(Segments s, int run) {
    if (s.digits[run] || s.gap[run] != Segments.GLUED || s.size(run) != 2) {
      return false;
    }
    String word = s.text(run);
    return word.equals("ST") || word.equals("ND") || word.equals("RD") || word.equals("TH");
  }

  /** The days that the runs from one on may be. */
  static long[] at(Segments s, int first) {
    if (s.digits[first] && s.size(first) == 8) {
      return compact(s, first);
    }
    int[] run = new int[3];
    int n = 0;
    for (int i = first; i < s.runs && n < 3; i++) {
      if (n > 0 && s.gap[i] == Segments.FAR) {
        return NONE;
      }
      if (n == 0 || !isOrdinal(s, i)) {
        run[n++] = i;
      }
    }
    return n < 3 ? NONE : threeParts(s, run);
  }

  private static long[] compact(Segments s, int run) {
    int year = number(s, s.from[run], 4);
    long day =
        year > LAST
            ? Long.MIN_VALUE
            : day(year, number(s, s.from[run] + 4, 2), number(s, s.from[run] + 6, 2));
    return day == Long.MIN_VALUE ? NONE : new long[] {day};
  }

  private static long[] threeParts(Segments s, int[] r) {
    boolean d0 = s.digits[r[0]];
    boolean d1 = s.digits[r[1]];
    boolean d2 = s.digits[r[2]];
    if (!d2 && !(d0 && s.size(r[0]) == 4)) {
      return NONE;
    }
    if (d0 && d1 && d2) {
      return s.text[s.to[r[0]]] == s.text[s.to[r[1]]] ? numbers(s, r) : NONE;
    }
    if (d0 && !d1 && d2) {
      int month = month(s, r[1]);
      return s.size(r[0]) == 4
          ? days(value(s, r[0]), month, value(s, r[2]), 0)
          : days(year(s, r[2]), month, value(s, r[0]), 0);
    }
    return !d0 && d1 && d2 ? days(year(s, r[2]), month(s, r[0]), value(s, r[1]), 0) : NONE;
  }

  private static long[] numbers(Segments s, int[] r) {
    if (s.size(r[0]) == 4 && s.size(r[1]) <= 2) {
      int day = s.size(r[2]) > 2 ? -1 : value(s, r[2]);
      return days(value(s, r[0]), value(s, r[1]), day, day);
    }
    if (s.size(r[0]) > 2 || s.size(r[1]) > 2 || (s.size(r[2]) != 4 && s.size(r[2]) != 2)) {
      return NONE;
    }
    int a = value(s, r[0]);
    int b = value(s, r[1]);
    long[] found = days(year(s, r[2]), a, b, a);
    if (s.size(r[2]) == 2 && s.size(r[0]) == 2) {
      long[] yearFirst = days(century(a), b, value(s, r[2]), 0);
      int n = found.length;
      found = Arrays.copyOf(found, n + yearFirst.length);
      System.arraycopy(yearFirst, 0, found, n, yearFirst.length);
    }
    return found;
  }

  /** A day, and the day with day and month in the other order where {@code other} is given. */
  static long[] days(int year, int month, int day, int other) {
    long one = day(year, month, day);
    long two = other > 0 && month != day ? day(year, day, month) : Long.MIN_VALUE;
    if (one == Long.MIN_VALUE) {
      return two == Long.MIN_VALUE ? NONE : new long[] {two};
    }
    return two == Long.MIN_VALUE ? new long[] {one} : new long[] {one, two};
  }

  /** Whether days of a year are found. */
  static boolean isYear(int year) {
    return year >= FIRST && year <= LAST;
  }

  private static long day(int year, int month, int day) {
    if (!isYear(year) || month < 1 || month > 12 || day < 1 || day > 31) {
      return Long.MIN_VALUE;
    }
    try {
      return LocalDate.of(year, month, day).toEpochDay();
    } catch (DateTimeException noSuchDay) {
      return Long.MIN_VALUE;
    }
  }

  private static int month(Segments s, int run) {
    String word = s.text(run);
    for (Month month : Month.values()) {
      String name = month.name();
      if (word.equals(name)
          || word.equals(name.substring(0, 3))
          || (word.equals("SEPT") && month == Month.SEPTEMBER)) {
        return month.getValue();
      }
    }
    return -1;
  }

  private static int year(Segments s, int run) {
    int value = value(s, run);
    return s.size(run) == 4 ? value : s.size(run) == 2 ? century(value) : -1;
  }

  /** Two digits up to 30 are of this century. */
  private static int century(int twoDigits) {
    return twoDigits <= 30 ? 2000 + twoDigits : 1900 + twoDigits;
  }

  private static int value(Segments s, int run) {
    return s.size(run) > 4 ? -1 : number(s, s.from[run], s.size(run));
  }

  private static int number(Segments s, int from, int size) {
    int value = 0;
    for (int i = from; i < from + size; i++) {
      value = 10 * value + s.text[i] - '0';
    }
    return value;
  }
}
