package org.consentry.data;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Dates and times that are written as a number, from the year 1000 to 9999. */
enum DayCount {
  /**
   * Serial numbers of spreadsheets, 1900 system: 1 is 1900-01-01, and 60 is 1900-02-29, a day that
   * there was not (Microsoft, "Excel incorrectly assumes that the year 1900 is a leap year"). The
   * fraction is the time of day, rounded to milliseconds.
   */
  EXCEL {
    @Override
    Optional<String> iso(BigDecimal number) {
      long millis =
          rounded(number.multiply(BigDecimal.valueOf(MILLIS_A_DAY)), RoundingMode.HALF_UP);
      long serial = Math.floorDiv(millis, MILLIS_A_DAY);
      if (serial < 1 || serial == LEAP_DAY_OF_1900) {
        return Optional.empty();
      }
      long day = serial - (serial > LEAP_DAY_OF_1900 ? 1 : 0) + LAST_DAY_OF_1899;
      long ofDay = Math.floorMod(millis, MILLIS_A_DAY);
      return ofDay == 0 ? date(day) : time(Math.addExact(day * MILLIS_A_DAY, ofDay) * 1000, "");
    }
  },
  /** Days since 1970-01-01. */
  EPOCH_DAYS {
    @Override
    Optional<String> iso(BigDecimal number) {
      boolean whole = number.stripTrailingZeros().scale() <= 0;
      return whole ? date(rounded(number, RoundingMode.FLOOR)) : Optional.empty();
    }
  },
  /** Seconds since 1970-01-01T00:00:00Z. */
  EPOCH_SECONDS {
    @Override
    Optional<String> iso(BigDecimal number) {
      return time(rounded(number.movePointRight(6), RoundingMode.FLOOR), "Z");
    }
  },
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  EPOCH_MILLIS {
    @Override
    Optional<String> iso(BigDecimal number) {
      return time(rounded(number.movePointRight(3), RoundingMode.FLOOR), "Z");
    }
  };

  private static final long MILLIS_A_DAY = 86_400_000L;
  private static final long LEAP_DAY_OF_1900 = 60;
  private static final long LAST_DAY_OF_1899 = LocalDate.of(1899, 12, 31).toEpochDay();
  private static final long FIRST_DAY = LocalDate.of(1000, 1, 1).toEpochDay();
  private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS", Locale.ROOT);

  /** The word in a file. */
  String word() {
    return EnumWord.ofName(name());
  }

  /** Whether a number is a moment, whose day depends on the clinic's zone. */
  boolean isMoment() {
    return this == EPOCH_SECONDS || this == EPOCH_MILLIS;
  }

  /** The same date or time the ISO way; empty when it is none. */
  Optional<String> iso(String cell) {
    return cell.matches("[+-]?\\d{1,17}(\\.\\d{0,17})?")
        ? iso(new BigDecimal(cell))
        : Optional.empty();
  }

  abstract Optional<String> iso(BigDecimal number);

  private static long rounded(BigDecimal number, RoundingMode mode) {
    BigDecimal whole = number.setScale(0, mode);
    return whole.precision() > 18 ? Long.MAX_VALUE : whole.longValueExact();
  }

  private static Optional<String> date(long day) {
    return day < FIRST_DAY || day > LAST_DAY
        ? Optional.empty()
        : Optional.of(LocalDate.ofEpochDay(day).toString());
  }

  private static Optional<String> time(long micros, String zone) {
    long day = Math.floorDiv(micros, MILLIS_A_DAY * 1000);
    if (day < FIRST_DAY || day > LAST_DAY) {
      return Optional.empty();
    }
    int nanos = Math.toIntExact(Math.floorMod(micros, 1_000_000L) * 1000);
    Instant instant = Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), nanos);
    LocalDateTime time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    return Optional.of((nanos == 0 ? SECONDS : MICROS).format(time) + zone);
  }
}
