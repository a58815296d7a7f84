package org.consentry.export.scan;

import org.consentry.data.EnumWord;

/**
 * Something in a release that should not be there.
 *
 * <p><b>Security promise:</b> never a value. The names of file and column are those of the release;
 * a name that is itself a finding is shown as {@code (name)} with its position in the folder.
 *
 * @param file path inside the release, parts joined by {@code /}
 * @param column the column, or the place in a file without columns, such as {@code text}
 * @param evidence how it was recognised
 * @param kind the word of what it is, such as {@code name} or {@code phone}
 * @param count cells, or places in a text, at least 1
 * @param firstRow the first row, counted from 1 behind the header, or line of a text; 0 where there
 *     is none. For the clinic's edition only
 */
public record Finding(
    String file, String column, Evidence evidence, String kind, long count, long firstRow) {

  /** How a finding was recognised. */
  public enum Evidence {
    /** Equal to an identifier of the source. */
    IDENTIFIER,
    /** Looks like an identifier. */
    PATTERN,
    /** Finer than the release may be: an age, a date, a ZIP code. */
    LIMIT,
    /** Could not be searched. */
    NOT_SEARCHED;

    /** The word in files and pages. */
    public String word() {
      return EnumWord.of(this);
    }
  }

  public Finding {
    if (count < 1 || firstRow < 0) {
      throw new IllegalArgumentException("no such finding: count " + count + ", row " + firstRow);
    }
  }
}
