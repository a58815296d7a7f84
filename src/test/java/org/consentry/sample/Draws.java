package org.consentry.sample;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Repeatable chance. Every use has a stream of its own, named by purpose and number, so that a
 * change in one table leaves the others as they were. Only {@link SplittableRandom#nextLong()} is
 * used: its algorithm is specified.
 */
final class Draws {
  /** The seed of the whole clinic. */
  static final long SEED = 20_261_101L;

  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final SplittableRandom random;

  private Draws(long seed) {
    random = new SplittableRandom(seed);
  }

  /** The stream of one purpose and one number, always the same. */
  static Draws of(String purpose, int number) {
    return new Draws(SEED + SPREAD * purpose.hashCode() + 1_000_003L * number);
  }

  /** A number from 0 to {@code bound - 1}. */
  int below(int bound) {
    return (int) Math.floorMod(random.nextLong() >>> 8, (long) bound);
  }

  /** A number from {@code low} to {@code high}, both included. */
  int between(int low, int high) {
    return low + below(high - low + 1);
  }

  /** True in {@code perMille} of a thousand draws. */
  boolean chance(int perMille) {
    return below(1000) < perMille;
  }

  <T> T pick(List<T> values) {
    return values.get(below(values.size()));
  }

  /** A string of {@code count} decimal digits. */
  String digits(int count) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < count; i++) {
      digits.append(below(10));
    }
    return digits.toString();
  }

  /** A day from {@code first} to {@code last}, both included. */
  LocalDate day(LocalDate first, LocalDate last) {
    return first.plusDays(below((int) (last.toEpochDay() - first.toEpochDay()) + 1));
  }

  /** A day from {@code first} to {@code last} on which the clinic is open, Monday to Friday. */
  LocalDate workday(LocalDate first, LocalDate last) {
    return toWorkday(day(first, last));
  }

  /** The day itself, or the Friday before a weekend. */
  static LocalDate toWorkday(LocalDate day) {
    return switch (day.getDayOfWeek()) {
      case SATURDAY -> day.minusDays(1);
      case SUNDAY -> day.minusDays(2);
      case MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY -> day;
    };
  }

  /** The values in a repeatable random order. */
  <T> List<T> shuffled(List<T> values) {
    List<T> shuffled = new ArrayList<>(values);
    for (int i = shuffled.size() - 1; i > 0; i--) {
      Collections.swap(shuffled, i, below(i + 1));
    }
    return shuffled;
  }
}
