package org.consentry.transform;

import java.util.Optional;
import java.util.Set;
import org.consentry.problem.Problems;

/**
 * Makes one kind of row operator from what a mapping says under {@code derive:}. Immutable; safe
 * for any number of threads.
 *
 * @param <C> the record whose components are the operator's own keys in the mapping
 */
public interface RowOperatorFactory<C extends Record> {

  /** The word after {@code do:}. */
  String name();

  /** The record the operator's keys are bound to. */
  Class<C> config();

  /** One plain sentence for documentation and editors. */
  String summary();

  /**
   * Checks a rule and makes its operator.
   *
   * @param config the operator's keys
   * @param context what is known of the derived column; its {@code column} is the derived name
   * @param sourceColumns names of the source columns the row has
   * @param problems receives what is wrong, at {@code context.place()}
   * @return the operator, or empty when at least one error was added
   */
  Optional<RowOperator> bind(
      C config, ColumnContext context, Set<String> sourceColumns, Problems problems);
}
