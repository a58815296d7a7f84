package org.consentry.data;

/**
 * Year, month and day of an epoch day, packed into one int so that no object is made: {@code year *
 * 512 + month * 32 + day}. Packed dates compare like dates, and the difference of two, shifted
 * right by nine, is the number of full years between them.
 */
public final class CivilDate {

  private CivilDate() {}

  /**
   * Packs a day since 1970-01-01 of the years 0 to 9999. Years begin in March, 400 years earlier,
   * so that no number is negative (Neri and Schneider, Euclidean affine functions and their
   * application to calendar algorithms, 2022, figure 12).
   */
  public static int pack(long epochDay) {
    int ofCalendar = 4 * ((int) epochDay + 719_468 + 146_097) + 3;
    int century = ofCalendar / 146_097;
    int dayOfCentury = ofCalendar % 146_097 / 4;
    long years = 2_939_745L * (4 * dayOfCentury + 3);
    int dayOfYear = (int) ((years & 0xFFFF_FFFFL) / (4 * 2_939_745L));
    int months = 2_141 * dayOfYear + 197_913;
    int day = (months & 0xFFFF) / 2_141 + 1;
    int month = months >> 16;
    int year = 100 * century + (int) (years >>> 32) - 400;
    return month <= 12 ? year * 512 + month * 32 + day : (year + 1) * 512 + (month - 12) * 32 + day;
  }

  public static int year(int packed) {
    return packed >> 9;
  }

  public static int month(int packed) {
    return (packed >> 5) & 15;
  }

  /** Full years from one packed date to another; negative when the other is earlier. */
  public static int yearsBetween(int from, int to) {
    return (to - from) >> 9;
  }
}
