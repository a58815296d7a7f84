package org.consentry.benchmark;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/** Builds rows of CSV in one array. Numbers made of the same arguments are always the same. */
final class CsvRow {

  private static final long SEED = 20_260_101;

  private final byte[] row = new byte[1 << 16];
  private int at;

  static byte[][] bytes(String... words) {
    byte[][] bytes = new byte[words.length][];
    for (int i = 0; i < words.length; i++) {
      bytes[i] = words[i].getBytes(StandardCharsets.UTF_8);
    }
    return bytes;
  }

  /** A number that depends on its two arguments only (the finalizer of SplitMix64). */
  static long mix(long a, long b) {
    long z = SEED + a * 0x9E3779B97F4A7C15L + b * 0xD1B54A32D192ED03L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return (z ^ (z >>> 31)) >>> 1;
  }

  /** Writes the row and begins the next. */
  void end(OutputStream out) throws IOException {
    put('\n');
    out.write(row, 0, at);
    at = 0;
  }

  void patient(int p) {
    put('P');
    number(p, 7);
  }

  void put(int b) {
    row[at++] = (byte) b;
  }

  void put(byte[] bytes) {
    System.arraycopy(bytes, 0, row, at, bytes.length);
    at += bytes.length;
  }

  void put(String text) {
    put(text.getBytes(StandardCharsets.UTF_8));
  }

  void word(byte[][] words, long choice) {
    put(words[(int) (choice % words.length)]);
  }

  void number(long value, int digits) {
    long rest = value;
    for (int i = at + digits - 1; i >= at; i--) {
      row[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    at += digits;
  }

  void plain(long value) {
    put(Long.toString(value));
  }

  void money(long cents) {
    plain(cents / 100);
    put('.');
    number(cents % 100, 2);
  }

  void decimal(long tenths) {
    plain(tenths / 10);
    put('.');
    number(tenths % 10, 1);
  }

  void date(int epochDay) {
    LocalDate date = LocalDate.ofEpochDay(epochDay);
    number(date.getYear(), 4);
    put('-');
    number(date.getMonthValue(), 2);
    put('-');
    number(date.getDayOfMonth(), 2);
  }
}
