package org.consentry.operator.text;

/**
 * Year, month and day of an epoch day, packed into one int so that no object is made: {@code year *
 * 512 + month * 32 + day}. Packed dates compare like dates, and the difference of two, shifted
 * right by nine, is the number of full years between them.
 */
public final class CivilDate {

  private CivilDate() {}

  /** Packs a day since 1970-01-01 of the years 0 to 9999. */
  public static int pack(long epochDay) {
    long z = epochDay + 719_468;
    long era = Math.floorDiv(z, 146_097);
    long dayOfEra = z - era * 146_097;
    long yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    long monthFromMarch = (5 * dayOfYear + 2) / 153;
    long day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
    long month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
    long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
    return (int) (year * 512 + month * 32 + day);
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
