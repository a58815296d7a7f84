package org.consentry.data;

import java.util.Optional;

/**
 * What the output of an operator still reveals of its input. Policies, membership, codebook and
 * withheld cells depend on effects and never on the name of an operator.
 */
public sealed interface Effect {

  /** Whether the input is read as a date. */
  default boolean readsDates() {
    return false;
  }

  /** How a code is made. */
  enum CodeKind {
    /** Drawn once per subject from a secure random source and stored in the vault. */
    RANDOM,
    /** HMAC under a key of the study and domain. */
    KEYED,
    /** HMAC under a random key of the release, which is destroyed at publication. */
    ONE_TIME
  }

  /** Kinds of periods, the coarsest first. */
  enum PeriodUnit {
    /** A year of birth, with one bucket for everyone over 89. */
    BIRTH_YEAR,
    /** A year of any event. */
    YEAR,
    QUARTER,
    MONTH,
    WEEK
  }

  /** What happens to shifted dates near the ends of the records. */
  enum Ends {
    TRUNCATE,
    KEEP
  }

  /** What an interval is counted in. */
  enum IntervalUnit {
    DAYS,
    YEARS
  }

  /** Nothing of the value, at most that there was one. */
  record Removes() implements Effect {}

  /** The value itself. */
  record TrueValue() implements Effect {}

  /**
   * A part of the value, or a coarser number.
   *
   * @param lastBound the number at and above which all values are one; empty when there is none
   */
  record TruePart(Optional<Long> lastBound) implements Effect {}

  /**
   * A code: equal values have equal codes within the domain, and different values different codes.
   *
   * @param kind how codes are made
   * @param domain what the codes name
   */
  record Code(CodeKind kind, String domain) implements Effect {}

  /** The period that contains a date. */
  record Period(PeriodUnit unit) implements Effect {
    @Override
    public boolean readsDates() {
      return true;
    }
  }

  /**
   * A date moved by its subject's secret shift.
   *
   * @param ends what the mapping declares for dates near the ends of the records; empty when it
   *     declares nothing
   */
  record ShiftedDate(Optional<Ends> ends) implements Effect {
    @Override
    public boolean readsDates() {
      return true;
    }
  }

  /**
   * The subject's age at a date.
   *
   * @param topCode the greatest age that is released; empty when every age is
   */
  record Age(Optional<Integer> topCode) implements Effect {
    @Override
    public boolean readsDates() {
      return true;
    }
  }

  /**
   * An area of a place.
   *
   * @param digits how many digits of its postal code are released
   */
  record Area(int digits) implements Effect {}

  /** What a list of the mapping gives for the value. */
  record Listed() implements Effect {}

  /** The time between two dates, and neither of them. */
  record Interval(IntervalUnit unit) implements Effect {
    @Override
    public boolean readsDates() {
      return true;
    }
  }

  /** A label of the operator's own, which many values share. */
  record Label() implements Effect {}
}
