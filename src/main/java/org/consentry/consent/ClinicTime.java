package org.consentry.consent;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;

/** Moments as microseconds since 1970-01-01T00:00:00, local to the clinic. */
final class ClinicTime {

  static final long MICROS_A_DAY = 86_400_000_000L;

  private static final LocalDateTime EPOCH = LocalDate.EPOCH.atStartOfDay();

  private ClinicTime() {}

  static long micros(LocalDateTime moment) {
    return ChronoUnit.MICROS.between(EPOCH, moment);
  }

  static LocalDate day(long micros) {
    return LocalDate.ofEpochDay(epochDay(micros));
  }

  /** Days since 1970-01-01. */
  static int epochDay(long micros) {
    return Math.toIntExact(Math.floorDiv(micros, MICROS_A_DAY));
  }
}
