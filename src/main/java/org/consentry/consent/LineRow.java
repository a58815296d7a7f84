package org.consentry.consent;

import java.util.Optional;

/**
 * A row of consent lines as one reader found it, without a look at other rows.
 *
 * @param line where the row begins, from 1
 * @param after the line after the row; a row goes on over the line breaks inside its cells
 * @param subject whose id the row writes exactly as the subjects table does, or -1
 * @param kind whether the row is a permit and nothing else, beyond doubt
 * @param lineId the cell's text; empty for a permit that could be read
 * @param patient the cell's text; empty where only {@code subject} matters
 * @param facts what the row means; empty when it cannot be read
 * @param fault what is wrong with a row that cannot be read
 * @param restriction digest of a row that may restrict; without a meaning for a clear permit
 */
record LineRow(
    long line,
    long after,
    int subject,
    Kind kind,
    String lineId,
    String patient,
    Optional<LineFacts> facts,
    String fault,
    long restriction) {

  /** What a row is as far as its cells are readable. */
  enum Kind {
    CLEAR_PERMIT,
    MAY_RESTRICT
  }
}
