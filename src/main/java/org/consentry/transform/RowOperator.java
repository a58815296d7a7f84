package org.consentry.transform;

import java.util.List;

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

  /** Makes the columns; its inputs are {@link RowContext#reads()}, in that order. */
  RowTransformer transformer();
}
