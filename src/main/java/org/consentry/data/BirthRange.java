package org.consentry.data;

/**
 * The days on which one person may have been born. A question about the person's age is answered
 * for each of these days, and the answer that discloses less counts.
 *
 * @param first day since 1970-01-01; {@link #OPEN} where only the last is known
 * @param last day since 1970-01-01; one of the three special days where no birth is known
 */
public record BirthRange(int first, int last) {

  /** The day of a birth that is not known. */
  public static final int UNKNOWN_DAY = SubjectIndex.UNKNOWN_DAY;

  /** The day of a person whose birth is not known but who is of age by a statement of the job. */
  public static final int OF_AGE = UNKNOWN_DAY + 1;

  /** The day of a person of whom no more is known than that it is a minor. */
  public static final int MINOR = UNKNOWN_DAY + 2;

  /** 1000-01-01, before every birth: the first day of a person who may be of any age above one. */
  public static final int OPEN = -354_285;

  /** A person of whom nothing is known. */
  public static final BirthRange UNKNOWN = on(UNKNOWN_DAY);

  /** A person born on that day. */
  public static BirthRange on(int day) {
    return new BirthRange(day, day);
  }

  /** Whether days are known. */
  public boolean isKnown() {
    return last > MINOR;
  }

  /** Shows nothing of a person. */
  @Override
  public String toString() {
    return "BirthRange";
  }
}
