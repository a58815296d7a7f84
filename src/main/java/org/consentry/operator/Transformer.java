package org.consentry.operator;

import java.util.List;
import java.util.function.Function;
import org.consentry.data.Column;

/**
 * Turns inputs into released columns. Pure: depends on nothing but its configuration, keys, the
 * subject and the values of the row; the answer does not depend on batch size, row order or thread.
 * Immutable; safe for any number of threads.
 */
@FunctionalInterface
public interface Transformer {

  /**
   * Computes the released columns for the selected rows.
   *
   * @return one column for each of {@link RuleContext#outputs()}, in that order, with {@code
   *     input.count()} rows of the declared type
   * @throws org.consentry.problem.ProblemException for a value it cannot take under {@code
   *     onInvalid: stop}
   */
  List<Column> transform(TransformInput input);

  /** A transformer of one released column. */
  static Transformer ofOne(Function<TransformInput, Column> column) {
    return input -> List.of(column.apply(input));
  }
}
