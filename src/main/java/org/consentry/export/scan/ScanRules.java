package org.consentry.export.scan;

/**
 * What a release may contain by its legal target.
 *
 * @param patterns which patterns count
 * @param finestDate the finest date in a data file
 * @param ownDates whether true dates of a person may be in rows with that person's code
 * @param zipDigits the digits of a ZIP code that may be released, 0 to 9
 * @param oldestAge the highest age in a data file, which means that age or older
 * @param numbers which numbers of the source count
 */
public record ScanRules(
    Patterns patterns,
    FinestDate finestDate,
    OwnDates ownDates,
    int zipDigits,
    int oldestAge,
    Numbers numbers) {

  /** Which patterns count. */
  public enum Patterns {
    /** Numbers and addresses as the United States and the internet write them. */
    US,
    /** Only identifiers of the source, ages, dates and ZIP codes are looked for. */
    NONE
  }

  /** The finest unit of a date. */
  public enum FinestDate {
    YEAR,
    MONTH,
    DAY
  }

  /** Whether a person's true dates may be released. */
  public enum OwnDates {
    /** As in a limited data set. */
    ALLOWED,
    /** Dates are years, periods or shifted. */
    FORBIDDEN
  }

  /** Which numbers of the source count. */
  public enum Numbers {
    ALL,
    /**
     * Those that are neither time nor count. A file with counts of rows and times of a run has
     * numbers that equal some of the source by chance: all that are near a series, such as visits
     * numbered one after the other, and any of which one in a thousand is expected.
     */
    UNLIKELY
  }

  /** Safe Harbor, 45 CFR 164.514(b)(2): years, three digits of a ZIP code, 90 for 90 or older. */
  public static final ScanRules SAFE_HARBOR =
      new ScanRules(Patterns.US, FinestDate.YEAR, OwnDates.FORBIDDEN, 3, 90);

  /** A limited data set, 45 CFR 164.514(e): dates, five digits and more of a ZIP code, any age. */
  public static final ScanRules LIMITED_DATA_SET =
      new ScanRules(Patterns.US, FinestDate.DAY, OwnDates.ALLOWED, 9, Integer.MAX_VALUE);

  /** Rules by which all numbers of the source count. */
  public ScanRules(
      Patterns patterns, FinestDate finestDate, OwnDates ownDates, int zipDigits, int oldestAge) {
    this(patterns, finestDate, ownDates, zipDigits, oldestAge, Numbers.ALL);
  }

  public ScanRules {
    if (zipDigits < 0 || zipDigits > 9 || oldestAge < 1) {
      throw new IllegalArgumentException(
          "no such limits: zipDigits " + zipDigits + ", oldestAge " + oldestAge);
    }
  }
}
