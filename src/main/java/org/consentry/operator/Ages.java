package org.consentry.operator;

import java.time.LocalDate;

/**
 * The rules by which ages over 89, and the years that give them away, are hidden (45 CFR
 * 164.514(b)(2)(i)(C)): everyone born in or before {@code referenceDate.year - 90} is in one
 * bucket. Ages at events between the reference year and 90 years before it are then at most 89 for
 * everyone outside the bucket.
 */
final class Ages {

  /** The greatest age that may be released. */
  static final int TOP_CODE = 89;

  private Ages() {}

  /** The year that means itself or any year before, of birth and of any event. */
  static int yearFloor(LocalDate referenceDate) {
    return referenceDate.getYear() - TOP_CODE - 1;
  }
}
