package org.consentry.operator;

import java.util.List;
import org.consentry.data.Effect;
import org.consentry.data.FieldType;
import org.consentry.data.IsoDates;

/** Dates to weeks from Monday to Sunday, such as {@code 2026-W09} (ISO 8601). */
final class Weeks extends Periods {

  /** Days from the first day of a week to the one that decides its year. */
  private static final int THURSDAY = 3;

  Weeks() {
    super("week", Effect.PeriodUnit.WEEK);
  }

  @Override
  long firstDay(long day) {
    return day - dayOfWeek(day);
  }

  @Override
  List<Level> levels(FieldType.Kind kind) {
    return List.of(years(kind, THURSDAY), Level.NONE);
  }

  @Override
  String label(long day) {
    long thursday = day - dayOfWeek(day) + THURSDAY;
    int year = IsoDates.year(thursday);
    int week = (int) (thursday - IsoDates.epochDay(year, 1, 1)) / 7 + 1;
    return year + "-W" + twoDigits(week);
  }

  /** 0 for Monday to 6 for Sunday; 1970-01-01 was a Thursday. */
  private static int dayOfWeek(long day) {
    return (int) Math.floorMod(day + 3, 7L);
  }
}
