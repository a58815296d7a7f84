package org.consentry.operator;

import java.util.List;
import org.consentry.data.Column;

/**
 * Turns several inputs into released columns. Pure: depends on nothing but its configuration and
 * the inputs of the row; the answer does not depend on batch size, row order or thread. Immutable;
 * safe for any number of threads.
 */
@FunctionalInterface
public interface RowTransformer {

  /**
   * Computes the released columns for the selected rows.
   *
   * @return one column for each of {@link RowContext#outputs()}, in that order, of {@code
   *     input.count()} rows and the declared type
   * @throws org.consentry.problem.ProblemException for a value it cannot take under {@code
   *     onInvalid: stop}
   */
  List<Column> transform(RowInput input);
}
