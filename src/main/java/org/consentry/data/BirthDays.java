package org.consentry.data;

/**
 * When subjects may have been born, as {@link BirthRange} by the subject's number. Where every
 * birth date is known to the day, both arrays are one. Read-only once built; safe for any number of
 * threads.
 *
 * <p><b>Security promise:</b> it has no toString that shows its content.
 *
 * @param first first possible days since 1970-01-01
 * @param last last possible days
 */
@SuppressWarnings("ArrayRecordComponent") // the batch path shares arrays on purpose (house style)
public record BirthDays(int[] first, int[] last) {

  public BirthDays {
    if (first.length != last.length) {
      throw new IllegalArgumentException("every first day has a last one");
    }
  }

  /** Births on exactly these days. */
  public static BirthDays on(int... days) {
    return new BirthDays(days, days);
  }

  /** Writes the days, for a process of the same run. */
  void write(FlatOutput out) {
    out.ints(last);
    out.number(first == last ? 1 : 0);
    if (first != last) {
      out.ints(first);
    }
  }

  /** Reads what {@link #write} wrote. */
  static BirthDays read(FlatInput in) {
    int[] last = in.ints();
    return in.number() == 1 ? on(last) : new BirthDays(in.ints(), last);
  }

  /** How many subjects. */
  public int size() {
    return last.length;
  }

  /** The days of one subject. */
  public BirthRange of(int subject) {
    return new BirthRange(first[subject], last[subject]);
  }

  /** Shows the number of subjects and nothing else. */
  @Override
  public String toString() {
    return "BirthDays[" + size() + " subjects]";
  }
}
