package org.consentry.export.figures;

import java.math.BigDecimal;
import org.consentry.release.ColumnFigures.Shape;

/**
 * What the numbers of a column are, and how they are counted and written.
 *
 * @param kind what they are
 * @param decimals digits after the point of a number
 * @param shape what their bars are
 */
record Scale(Kind kind, int decimals, Shape shape) {

  static final long MICROS_OF_DAY = 86_400_000_000L;
  static final int MONTHS = 12;

  private static final int YEAR_DIGITS = 4;
  private static final long TEN = 10;

  /** All smaller numbers are exact as a floating-point number. */
  private static final long EXACT = 1L << 50;

  /** What numbers are. */
  enum Kind {
    NUMBER,
    /** Years, as numbers or at the start of a text. */
    YEAR,
    /** Days since 1970-01-01, shown by month. */
    DAY,
    /** Microseconds since 1970-01-01, shown by month. */
    INSTANT
  }

  /** Whether numbers are times, whose axis has months. */
  boolean hasMonths() {
    return kind == Kind.DAY || kind == Kind.INSTANT;
  }

  /**
   * What a number of a level is on the next one. Level 0 has the values; of times level 1 has
   * months and level 2 has years; all others are tens of the level before.
   */
  long coarser(long key, int level) {
    if (level == 0 && hasMonths()) {
      return month(kind == Kind.DAY ? key : Math.floorDiv(key, MICROS_OF_DAY));
    }
    return Math.floorDiv(key, level == 1 && hasMonths() ? MONTHS : TEN);
  }

  /** How many numbers, or months, one number of a level is. */
  long step(int level) {
    long step = 1;
    for (int each = hasMonths() ? 1 : 0; each < level; each++) {
      step *= each == 1 && hasMonths() ? MONTHS : TEN;
    }
    return step;
  }

  /** Where a value is on a level above 0, whose step is given. */
  long key(long value, long step) {
    long key = hasMonths() ? coarser(value, 0) : value;
    return step == 1 ? key : floor(key, step);
  }

  /** A quotient, rounded down; a division of floating-point numbers is faster. */
  private static long floor(long number, long step) {
    if (Math.abs(number) >= EXACT) {
      return Math.floorDiv(number, step);
    }
    long near = (long) ((double) number / step);
    long rest = number - near * step;
    return rest < 0 ? near - 1 : rest >= step ? near + 1 : near;
  }

  /** Where on the axis a number of a level begins. */
  long axis(long key, int level) {
    if (level == 0) {
      return hasMonths() ? coarser(key, 0) : key;
    }
    long step = step(level);
    return key < Long.MIN_VALUE / step ? Long.MIN_VALUE : key * step;
  }

  /**
   * The month of a day, counted from the start of year 0 (Hinnant, chrono-compatible low-level date
   * algorithms).
   */
  static long month(long day) {
    long shifted = day + 719_468;
    long era = Math.floorDiv(shifted, 146_097L);
    int inEra = (int) (shifted - era * 146_097);
    int year = (inEra - inEra / 1460 + inEra / 36_524 - inEra / 146_096) / 365;
    int inYear = inEra - (365 * year + year / 4 - year / 100);
    return (era * 400 + year) * MONTHS + (5 * inYear + 2) / 153 + 2;
  }

  /** The year at the start of a period's label, such as {@code 2021-03}. */
  static long year(byte[] buffer, int start, int end) {
    long year = 0;
    for (int at = start; at < Math.min(end, start + YEAR_DIGITS); at++) {
      int digit = buffer[at] - '0';
      if (digit >= 0 && digit <= 9) {
        year = 10 * year + digit;
      }
    }
    return year;
  }

  /**
   * How many values, or months, one step of the axis has.
   *
   * @param low from here on
   * @param high to here
   * @param least no fewer than this
   */
  long width(long low, long high, long least) {
    double range = (double) high - low;
    return switch (kind) {
      case NUMBER -> nice(range / 20, least);
      case YEAR -> nice(range / 100, least);
      case DAY, INSTANT -> range <= 2 * MONTHS ? 1 : MONTHS * nice(range / (100 * MONTHS), 1);
    };
  }

  /** The smallest of 1, 2, 5, 10, 20 and so on that is not smaller. */
  private static long nice(double width, long least) {
    long power = 1;
    while (true) {
      for (long each : new long[] {power, 2 * power, 5 * power}) {
        if (each >= least && each >= width) {
          return each;
        }
      }
      power *= 10;
    }
  }

  /**
   * The words of a range.
   *
   * @param low where it begins
   * @param width of one step
   * @param steps how many
   */
  String label(long low, long width, int steps) {
    long next = low + width * steps;
    if (kind == Kind.NUMBER && decimals > 0) {
      return number(low) + " to <" + number(next);
    }
    String first = start(low, width);
    String last = end(next, width);
    return first.equals(last) ? first : first + (first.matches("\\d+") ? "-" : " to ") + last;
  }

  /** The words of all that is before a number. */
  String before(long next, long width) {
    if (kind == Kind.NUMBER) {
      return decimals > 0 ? "under " + number(next) : "up to " + number(next - 1);
    }
    return end(next, width) + " or before";
  }

  /** The words of all that is not before a number. */
  String from(long low, long width) {
    return start(low, width) + (kind == Kind.NUMBER ? " or more" : " or after");
  }

  /** The words of one number inside a range. */
  String at(long number, long width) {
    return start(number, width);
  }

  private String start(long low, long width) {
    return hasMonths() ? month(low, width) : number(low);
  }

  private String end(long next, long width) {
    return hasMonths() ? month(next - 1, width) : number(next - 1);
  }

  private static String month(long month, long width) {
    String year = Long.toString(Math.floorDiv(month, MONTHS));
    int number = (int) Math.floorMod(month, (long) MONTHS) + 1;
    return width % MONTHS == 0 ? year : year + (number < 10 ? "-0" : "-") + number;
  }

  private String number(long number) {
    return kind == Kind.NUMBER && decimals > 0
        ? BigDecimal.valueOf(number, decimals).stripTrailingZeros().toPlainString()
        : Long.toString(number);
  }
}
