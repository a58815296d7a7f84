package org.consentry.operator.text;

import org.consentry.data.Blanks;
import org.consentry.data.IsoDates;

/** Reads one date that is not written the ISO way. Used once, by one thread. */
final class DateScanner {

  private static final long SECOND = 1_000_000L;

  private final byte[] b;
  private final int end;
  private int at;

  private DateScanner(byte[] b, int start, int end) {
    this.b = b;
    this.at = start;
    this.end = end;
  }

  /** Reads the bytes without the blanks at their ends. */
  static DateScanner of(byte[] b, int start, int end) {
    int from = Blanks.start(b, start, end);
    return new DateScanner(b, from, Blanks.end(b, from, end));
  }

  /** Month, day, year. */
  long monthFirst() {
    int month = number(1, 2);
    byte separator = separator("/-");
    int day = number(1, 2);
    return yearAndTime(month, day, separator);
  }

  /** Day, month, year. */
  long dayFirst() {
    int day = number(1, 2);
    byte separator = separator("./-");
    int month = number(1, 2);
    return yearAndTime(month, day, separator);
  }

  /** Year, month, day without separators. */
  long compact() {
    int year = number(4, 4);
    int month = number(2, 2);
    int day = number(2, 2);
    return DateFormat.micros(year, month, day, at == end ? 0 : compactTime());
  }

  private long yearAndTime(int month, int day, byte separator) {
    if (separator == 0 || at == end || b[at++] != separator) {
      return IsoDates.INVALID;
    }
    int year = number(4, 4);
    return DateFormat.micros(year, month, day, at == end ? 0 : clockTime());
  }

  private long compactTime() {
    int hour = number(2, 2);
    int minute = number(2, 2);
    int second = at == end ? 0 : number(2, 2);
    return at == end ? microsOfDay(hour, minute, second) : IsoDates.INVALID;
  }

  private long clockTime() {
    if (b[at++] != ' ') {
      return IsoDates.INVALID;
    }
    int hour = number(1, 2);
    int minute = skip(':') ? number(2, 2) : -1;
    int second = skip(':') ? number(2, 2) : 0;
    return at == end
        ? microsOfDay(hour, minute, second)
        : microsOfDay(halfDay(hour), minute, second);
  }

  /** The hour of the day from an hour of a half day, or -1. */
  private int halfDay(int hour) {
    boolean well = skip(' ') && at + 2 == end && (b[at + 1] | 0x20) == 'm';
    int half = well ? b[at] | 0x20 : 0;
    if (hour < 1 || hour > 12 || (half != 'a' && half != 'p')) {
      return -1;
    }
    return hour % 12 + (half == 'p' ? 12 : 0);
  }

  private static long microsOfDay(int hour, int minute, int second) {
    boolean valid =
        hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
    return valid ? ((hour * 60L + minute) * 60 + second) * SECOND : IsoDates.INVALID;
  }

  private boolean skip(char expected) {
    if (at < end && b[at] == expected) {
      at++;
      return true;
    }
    return false;
  }

  private byte separator(String allowed) {
    return at < end && allowed.indexOf(b[at]) >= 0 ? b[at++] : 0;
  }

  /** A number of so many digits, or -1. */
  private int number(int least, int most) {
    int value = 0;
    int from = at;
    while (at < end && at - from < most && b[at] >= '0' && b[at] <= '9') {
      value = value * 10 + b[at++] - '0';
    }
    return at - from < least ? -1 : value;
  }
}
