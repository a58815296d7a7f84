package org.consentry.data;

import java.util.Arrays;
import java.util.Optional;

/**
 * How a source writes dates and times: a pattern such as {@code dd.MM.yyyy}, or the word {@code
 * iso}, {@code excel}, {@code epoch-days}, {@code epoch-seconds} or {@code epoch-millis}. Reading
 * is strict: what does not exist is no date, and nothing rolls over. Immutable; safe for any number
 * of threads.
 */
public final class WrittenDates {

  /** The words beside patterns, as messages list them. */
  static final String WORDS = "iso, excel, epoch-days, epoch-seconds, epoch-millis";

  /** {@code yyyy-MM-dd}, with or without a time of day and an offset; what is usual. */
  public static final WrittenDates ISO =
      new WrittenDates("iso", Optional.empty(), Optional.empty());

  private final String words;
  private final Optional<DatePattern> pattern;
  private final Optional<DayCount> count;

  private WrittenDates(String words, Optional<DatePattern> pattern, Optional<DayCount> count) {
    this.words = words;
    this.pattern = pattern;
    this.count = count;
  }

  /**
   * Reads the words of a file.
   *
   * @throws IllegalArgumentException when they are no format; the message ends a sentence that
   *     begins with their key
   */
  public static WrittenDates of(String words) {
    if (words.equals(ISO.words)) {
      return ISO;
    }
    Optional<DayCount> count =
        Arrays.stream(DayCount.values()).filter(each -> each.word().equals(words)).findFirst();
    return new WrittenDates(
        words, count.isPresent() ? Optional.empty() : Optional.of(new DatePattern(words)), count);
  }

  /** As it is written in the file. */
  public String words() {
    return words;
  }

  /** As messages show what is expected of a cell. */
  public String pattern() {
    return this == ISO ? "yyyy-MM-dd" : words;
  }

  /** Whether its times are moments, whose day depends on the clinic's zone. */
  public boolean areMoments() {
    return pattern.filter(DatePattern::hasOffset).isPresent()
        || count.filter(DayCount::isMoment).isPresent();
  }

  /** Whether cells are numbers. */
  public boolean areNumbers() {
    return count.isPresent();
  }

  /**
   * The same date or time as {@link ClinicDates} reads it, as exactly as it was written.
   *
   * @param cell without blanks at its ends
   * @return empty when it is no date or time of this format
   */
  public Optional<String> iso(String cell) {
    if (pattern.isPresent()) {
      return pattern.get().iso(cell);
    }
    return count.isPresent() ? count.get().iso(cell) : Optional.of(cell);
  }
}
