package org.consentry.operator;

/** What a mapping may name of a subject beside its key. */
public enum SubjectAttribute {
  BIRTH_DATE("birthDate"),
  DEATH_DATE("deathDate");

  private final String word;

  SubjectAttribute(String word) {
    this.word = word;
  }

  /** The key under {@code subjects:} that names the column. */
  public String word() {
    return word;
  }
}
