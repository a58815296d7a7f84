package org.consentry.operator;

import org.consentry.data.CodeForm;
import org.consentry.data.Effect.CodeKind;
import org.consentry.problem.Place;

/**
 * Hands out places in the SubjectIndex for values that depend on the subject alone, so that each is
 * computed once per subject. The same request gets the same slot.
 */
public interface SubjectSlots {

  /** What a shift of dates is counted in. */
  enum Unit {
    /** Shifts are multiples of seven days, so that the day of the week survives. */
    WEEKS,
    DAYS
  }

  /**
   * Position in {@code SubjectIndex.codes()} of the subjects' codes of that domain, kind and form.
   */
  int code(String domain, CodeKind kind, CodeForm form);

  /**
   * Position in {@code SubjectIndex.shifts()} of shifts in days, uniform over the multiples of the
   * unit in [-maxDays, maxDays] without 0. All dates of a subject move by the same number of days,
   * so that a release has one kind of shift: asking for another is a problem.
   *
   * @param maxDays at least one unit, at most 3650
   * @param place of the rule that asks
   */
  int shift(int maxDays, Unit unit, Place place);
}
