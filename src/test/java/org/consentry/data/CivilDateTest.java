package org.consentry.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Packed dates are those of the calendar. */
final class CivilDateTest {

  private static final List<LocalDate> DAYS =
      List.of(
          LocalDate.of(0, 3, 1),
          LocalDate.of(1600, 2, 29),
          LocalDate.of(1600, 3, 1),
          LocalDate.of(1700, 2, 28),
          LocalDate.of(1700, 3, 1),
          LocalDate.of(1899, 12, 31),
          LocalDate.of(1900, 1, 1),
          LocalDate.of(1969, 12, 31),
          LocalDate.of(1970, 1, 1),
          LocalDate.of(1999, 12, 31),
          LocalDate.of(2000, 1, 31),
          LocalDate.of(2000, 2, 29),
          LocalDate.of(2000, 3, 1),
          LocalDate.of(2023, 2, 28),
          LocalDate.of(2023, 3, 1),
          LocalDate.of(2024, 2, 29),
          LocalDate.of(2024, 10, 31),
          LocalDate.of(2024, 11, 1),
          LocalDate.of(2100, 2, 28),
          LocalDate.of(9999, 12, 31));

  private static int pack(LocalDate day) {
    return CivilDate.pack(day.toEpochDay());
  }

  @Test
  void haveTheYearMonthAndDayOfTheCalendar() {
    for (LocalDate first : DAYS) {
      for (LocalDate day = first; day.isBefore(first.plusDays(800)); day = day.plusDays(13)) {
        int packed = pack(day);

        assertThat(CivilDate.year(packed)).as("%s", day).isEqualTo(day.getYear());
        assertThat(CivilDate.month(packed)).as("%s", day).isEqualTo(day.getMonthValue());
        assertThat(packed & 31).as("%s", day).isEqualTo(day.getDayOfMonth());
      }
    }
  }

  @Test
  void areThoseOfTheCalendarFromTheYear0To9999() {
    long last = LocalDate.of(9999, 12, 31).toEpochDay();
    List<LocalDate> wrong = new ArrayList<>();
    for (long number = LocalDate.of(0, 1, 1).toEpochDay(); number <= last; number += 3) {
      LocalDate day = LocalDate.ofEpochDay(number);
      int expected = day.getYear() * 512 + day.getMonthValue() * 32 + day.getDayOfMonth();
      if (CivilDate.pack(number) != expected) {
        wrong.add(day);
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void areAsManyFullYearsApartAsInTheCalendar() {
    for (LocalDate from : DAYS) {
      for (LocalDate to : DAYS) {
        if (!to.isBefore(from)) {
          assertThat(CivilDate.yearsBetween(pack(from), pack(to)))
              .as("%s to %s", from, to)
              .isEqualTo((int) ChronoUnit.YEARS.between(from, to));
        } else {
          assertThat(CivilDate.yearsBetween(pack(from), pack(to))).isNegative();
        }
      }
    }
  }
}
