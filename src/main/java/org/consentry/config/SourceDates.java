package org.consentry.config;

import java.time.LocalDate;
import java.util.Optional;
import org.consentry.data.SourceCalendar;
import org.consentry.problem.Place;

/**
 * Which dates a source has, where they are not those of 1901 to ten years ahead.
 *
 * @param from the first day on which something may have happened; absent means 1901-01-01
 * @param to the last one; absent means the end of the tenth year after the reference date's
 * @param calendar whether the dates are true; absent means that they were moved when all of them
 *     are to come
 */
@Doc("Which dates the source has")
public record SourceDates(
    Place place,
    @Doc("the first day on which something may have happened; by default 1901-01-01")
        Optional<WithPlace<LocalDate>> from,
    @Doc("the last one; by default the end of the tenth year after the reference date's")
        Optional<WithPlace<LocalDate>> to,
    @Doc("real, or moved where each person's dates were moved before; by default by the days")
        Optional<WithPlace<SourceCalendar.Kind>> calendar) {

  private static final LocalDate FIRST = LocalDate.of(1700, 1, 1);
  private static final LocalDate LAST = LocalDate.of(2500, 12, 31);

  public SourceDates {
    if (from.isEmpty() && to.isEmpty() && calendar.isEmpty()) {
      throw new IllegalArgumentException("dates must have from, to or calendar");
    }
    if (from.map(WithPlace::value).filter(SourceDates::isOutside).isPresent()
        || to.map(WithPlace::value).filter(SourceDates::isOutside).isPresent()) {
      throw new IllegalArgumentException("from and to must be " + FIRST + " to " + LAST);
    }
    if (from.isPresent() && to.isPresent() && !from.get().value().isBefore(to.get().value())) {
      throw new IllegalArgumentException("from must be before to");
    }
  }

  private static boolean isOutside(LocalDate day) {
    return day.isBefore(FIRST) || day.isAfter(LAST);
  }
}
