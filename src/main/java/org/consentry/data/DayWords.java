package org.consentry.data;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Days as patients and recipients read them, such as {@code 3 May 2026}. */
public final class DayWords {

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

  private DayWords() {}

  /** A day in words. */
  public static String of(LocalDate day) {
    return DAY.format(day);
  }
}
