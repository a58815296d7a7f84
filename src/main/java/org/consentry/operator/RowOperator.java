package org.consentry.operator;

import java.util.List;
import java.util.Set;

/**
 * Makes released columns of several source columns of the row and of what is known of the subject.
 * Checked and immutable like an {@link Operator}; needs no key.
 */
public interface RowOperator {

  /** The word after {@code do:}. */
  String name();

  /**
   * What the codebook and manifest say about each released column, in the order of {@link
   * RowContext#outputs()}.
   */
  List<OperatorNote> notes();

  /**
   * Which released columns hold only a few words of the operator's own, without blanks and never of
   * a cell, so that the words are counted: positions in {@link RowContext#outputs()}. Their type is
   * code or text.
   */
  default Set<Integer> counted() {
    return Set.of();
  }

  /** Makes the columns; its inputs are {@link RowContext#reads()}, in that order. */
  RowTransformer transformer();
}
