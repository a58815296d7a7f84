package org.consentry.followup;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Days as patients and recipients read them, such as {@code 3 May 2026}. */
final class DayWords {

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

  private DayWords() {}

  static String of(LocalDate day) {
    return DAY.format(day);
  }
}
