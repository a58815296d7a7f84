package org.consentry.consent;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.consentry.data.RecordCategory;

/**
 * The records a line is about, for people.
 *
 * @param categories the categories
 * @param window the days
 */
public record RecordScope(Set<RecordCategory> categories, Window window) {

  /** Which days a window holds. */
  public enum Kind {
    /** No bound is stated, so a permit grants no record at all. */
    NONE,
    DAYS
  }

  /**
   * A window of days.
   *
   * @param kind whether there is one
   * @param from first day; empty when nothing bounds it
   * @param to last day; empty when nothing bounds it
   */
  public record Window(Kind kind, Optional<LocalDate> from, Optional<LocalDate> to) {}

  public RecordScope {
    categories = Set.copyOf(categories);
  }

  static RecordScope of(int[] words) {
    EnumSet<RecordCategory> categories = EnumSet.noneOf(RecordCategory.class);
    for (RecordCategory category : RecordCategory.values()) {
      if ((words[0] & LineScope.bit(category)) != 0) {
        categories.add(category);
      }
    }
    Kind kind = words[1] <= words[2] ? Kind.DAYS : Kind.NONE;
    return new RecordScope(categories, new Window(kind, day(words[1]), day(words[2])));
  }

  /** Whether a permit's window holds every date. */
  boolean holds(RecordDates dates) {
    if (window.kind() == Kind.NONE) {
      return false;
    }
    return switch (dates.knowledge()) {
      case TIMELESS -> true;
      case SOME_UNKNOWN -> window.from().isEmpty() && window.to().isEmpty();
      case ALL_KNOWN ->
          window.from().filter(from -> from.toEpochDay() > dates.first()).isEmpty()
              && window.to().filter(to -> to.toEpochDay() < dates.last()).isEmpty();
    };
  }

  /** Whether a denial's window may hold a date. */
  boolean touches(RecordDates dates) {
    return switch (dates.knowledge()) {
      case TIMELESS, SOME_UNKNOWN -> true;
      case ALL_KNOWN ->
          window.from().filter(from -> from.toEpochDay() > dates.last()).isEmpty()
              && window.to().filter(to -> to.toEpochDay() < dates.first()).isEmpty();
    };
  }

  private static Optional<LocalDate> day(int day) {
    return day == LineScope.EVER || day == LineScope.FOREVER
        ? Optional.empty()
        : Optional.of(LocalDate.ofEpochDay(day));
  }
}
