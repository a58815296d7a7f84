package org.consentry.profile;

/**
 * What the values of a column really are. A column has the first of these types that fits at least
 * {@link ColumnSummary#FITTING} of its values.
 */
public enum ColumnType {
  /** There is no value. */
  NOTHING("none"),
  /** Yes or no in words, letters or digits. */
  YES_NO("yes/no"),
  /** A day, in one of the ways of {@link DateForm}. */
  DATE("date"),
  /** A day with a time; a day alone among them is its midnight. */
  TIMESTAMP("timestamp"),
  /** A time of day. */
  TIME("time"),
  /** A whole number of at most 18 digits that does not begin with a needless zero. */
  INTEGER("integer"),
  /** A number with a point or an exponent. */
  DECIMAL("decimal"),
  /** What a released code may be: short, on one line ({@link org.consentry.data.CodeLimits}). */
  CODE("code"),
  /** Anything else. */
  TEXT("text");

  private final String word;

  ColumnType(String word) {
    this.word = word;
  }

  /** The word on pages and in JSON. */
  public String word() {
    return word;
  }
}
