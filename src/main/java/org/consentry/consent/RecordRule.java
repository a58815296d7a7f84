package org.consentry.consent;

import org.consentry.data.Exclusion;

/**
 * The one rule by which consent covers a record, used to decide, to explain and to recall: a single
 * permit grants the record's category, its window has every date of the record, and no restriction
 * upon the permit is about the category and one of the dates.
 *
 * <p>Dates are the days from {@code first} to {@code last}. A record of unknown date may have any
 * day: {@link LineScope#EVER} to {@link LineScope#FOREVER}. A timeless one has no day, which is
 * written as the opposite: it is in every window that a permit states, and every restriction about
 * its category covers it. Permits are words as {@link Profiles} writes them.
 */
final class RecordRule {

  /** A permit covers the record. */
  static final byte COVERED = 0;

  private static final byte CATEGORY = Exclusion.CATEGORY.code();
  private static final byte RECORD_DATE = Exclusion.RECORD_DATE.code();
  private static final byte DENIED_CATEGORY = Exclusion.DENIED_CATEGORY.code();

  private RecordRule() {}

  /**
   * {@link #COVERED}, or the code of the check at which the furthest of a profile's permits fails.
   */
  static byte answer(int[] words, int profile, int bit, long first, long last) {
    byte furthest = CATEGORY;
    int at = profile + Profiles.FIRST;
    for (int p = words[profile + Profiles.PERMITS]; p > 0; p--) {
      byte answer = permit(words, at, bit, first, last);
      if (answer == COVERED) {
        return COVERED;
      }
      furthest = answer > furthest ? answer : furthest;
      at = next(words, at);
    }
    return furthest;
  }

  /** The answer of the permit at a position. */
  static byte permit(int[] words, int permit, int bit, long first, long last) {
    if ((words[permit] & bit) == 0) {
      return CATEGORY;
    }
    int from = words[permit + 1];
    int to = words[permit + 2];
    if (!isWindow(from, to) || first < from || last > to) {
      return RECORD_DATE;
    }
    return denial(words, permit, bit, first, last) < 0 ? COVERED : DENIED_CATEGORY;
  }

  /** The number of the first restriction upon a permit that covers the record, or -1. */
  static int denial(int[] words, int permit, int bit, long first, long last) {
    int at = permit + LineScope.WORDS + 1;
    for (int d = 0; d < words[permit + LineScope.WORDS]; d++, at += LineScope.WORDS) {
      boolean isMet = first > last || (words[at + 1] <= last && first <= words[at + 2]);
      if ((words[at] & bit) != 0 && isMet) {
        return d;
      }
    }
    return -1;
  }

  /** Whether a window has days; one that a form does not state has none. */
  static boolean isWindow(int from, int to) {
    return from <= to;
  }

  /** Where the permit after the one at a position is. */
  static int next(int[] words, int permit) {
    return permit + LineScope.WORDS + 1 + words[permit + LineScope.WORDS] * LineScope.WORDS;
  }
}
