package org.consentry.data;

/** Why a released cell may have no value. */
public enum Absence {
  /** The source has none. */
  MISSING("missing in the clinic's records"),
  /** Consent does not cover this column. */
  WITHHELD("withheld because consent does not cover this column"),
  /** The value was not valid for the operator. */
  BLANKED("removed because the recorded value was not valid"),
  /** The shifted date is too near an end of the records. */
  TRUNCATED("removed because the shifted date is too near an end of the records"),
  /** A plan of levels releases no value of the column. */
  SUPPRESSED("suppressed in every row: the risk plan releases no value of this column");

  private final String words;

  Absence(String words) {
    this.words = words;
  }

  /** Plain words for the recipient. */
  public String words() {
    return words;
  }

  /** What a figure of such cells counts: this word and the released name of the column. */
  public String of(String column) {
    return EnumWord.of(this) + " " + column;
  }
}
