package org.consentry.problem;

/** How much a problem weighs: an error refuses, a warning is reported. */
public enum Severity {
  ERROR("error"),
  WARNING("warning");

  private final String word;

  Severity(String word) {
    this.word = word;
  }

  /** The word in messages. */
  public String word() {
    return word;
  }

  /** Whether it stops what is asked for. */
  public boolean refuses() {
    return this == ERROR;
  }
}
