package org.consentry.data;

/** How the subjects table shows when a person was born. */
public enum BirthForm {
  /** Not at all. */
  NONE("no birth date"),
  /** The day. */
  DATE("birth date"),
  /** The year; the person may have been born on each of its days. */
  YEAR("birth year"),
  /** An age in full years that is true on an unknown day of a known year. */
  AGE("age in a year");

  private final String word;

  BirthForm(String word) {
    this.word = word;
  }

  /** The form in plain words, such as {@code birth year}. */
  public String word() {
    return word;
  }
}
