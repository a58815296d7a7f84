package org.consentry.export.scan;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;

/**
 * The bytes of cells, one cell behind the other, in an array that grows. Numbers and days are
 * written as {@link Long}, {@link BigDecimal} and {@link LocalDate} write them, without making an
 * object of each. For one thread.
 */
final class CellBytes {

  private static final int MOST_DIGITS = 19;
  private static final int MOST_SCALE = MOST_DIGITS - 1;
  private static final long FIRST_DAY = LocalDate.of(1000, 1, 1).toEpochDay();
  private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();

  byte[] array;
  int size;

  private final byte[] digits = new byte[MOST_DIGITS];

  CellBytes(int capacity) {
    array = new byte[capacity];
  }

  byte[] toByteArray() {
    return Arrays.copyOf(array, size);
  }

  void add(byte[] bytes) {
    room(bytes.length);
    System.arraycopy(bytes, 0, array, size, bytes.length);
    size += bytes.length;
  }

  void add(ByteBuffer bytes) {
    int length = bytes.remaining();
    room(length);
    bytes.get(array, size, length);
    size += length;
  }

  /** Repeats bytes that are in the array already. */
  void repeat(int start, int end) {
    room(end - start);
    System.arraycopy(array, start, array, size, end - start);
    size += end - start;
  }

  void add(char c) {
    room(1);
    array[size++] = (byte) c;
  }

  /** Adds a text of ASCII characters. */
  void add(String text) {
    add(text.getBytes(StandardCharsets.US_ASCII));
  }

  void number(long value) {
    decimal(value, 0);
  }

  /** A number less its last so many digits, which are behind a point. */
  void decimal(long value, int scale) {
    if (value == Long.MIN_VALUE || scale < 0 || scale > MOST_SCALE) {
      add(BigDecimal.valueOf(value, scale).toPlainString());
      return;
    }
    room(MOST_DIGITS + 2);
    if (value < 0) {
      array[size++] = '-';
    }
    int from = digits(Math.abs(value), scale + 1);
    for (int i = from; i < MOST_DIGITS; i++) {
      if (i == MOST_DIGITS - scale) {
        array[size++] = '.';
      }
      array[size++] = digits[i];
    }
  }

  /**
   * A day as ISO 8601 writes it.
   *
   * @param epochDay days since 1970-01-01
   */
  void day(long epochDay) {
    LocalDate day = LocalDate.ofEpochDay(epochDay);
    if (epochDay < FIRST_DAY || epochDay > LAST_DAY) {
      add(day.toString());
      return;
    }
    number(day.getYear());
    add('-');
    twoDigits(day.getMonthValue());
    add('-');
    twoDigits(day.getDayOfMonth());
  }

  private void twoDigits(int number) {
    add((char) ('0' + number / 10));
    add((char) ('0' + number % 10));
  }

  /** Leaves the digits of a number at the end of an array, with zeros before it if they are few. */
  private int digits(long value, int least) {
    int at = MOST_DIGITS;
    long rest = value;
    while (rest > 0 || MOST_DIGITS - at < least) {
      digits[--at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return at;
  }

  private void room(int length) {
    if (size + length > array.length) {
      array = Arrays.copyOf(array, Math.max(size + length, Math.multiplyExact(2, array.length)));
    }
  }
}
