package org.consentry.data;

/**
 * Cells of a source's column that have no value, by how the source has them.
 *
 * @param nulls cells that are NULL, at least 0
 * @param emptyTexts cells that are a text without characters, at least 0
 */
public record MissingCells(long nulls, long emptyTexts) {

  public MissingCells {
    if (nulls < 0 || emptyTexts < 0) {
      throw new IllegalArgumentException("counts must be at least 0");
    }
  }

  /** Whether every cell has a value. */
  boolean isNone() {
    return nulls == 0 && emptyTexts == 0;
  }

  /** Adds two counts. */
  public MissingCells plus(MissingCells other) {
    return new MissingCells(nulls + other.nulls, emptyTexts + other.emptyTexts);
  }
}
