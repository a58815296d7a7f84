package org.consentry.operator;

import org.consentry.data.Column;

/**
 * Turns one source column into one released column. Pure: depends on nothing but its configuration,
 * keys, the subject and the values of the row; the answer does not depend on batch size, row order
 * or thread. Immutable; safe for any number of threads.
 */
public interface Transformer {

  /**
   * Computes the released column for the selected rows.
   *
   * @return a column with {@code input.count()} rows of the type the operator declared
   * @throws org.consentry.problem.ProblemException for a value it cannot take under {@code
   *     onInvalid: stop}
   */
  Column transform(TransformInput input);
}
