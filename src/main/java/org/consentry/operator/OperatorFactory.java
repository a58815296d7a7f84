package org.consentry.operator;

import java.util.Optional;
import org.consentry.data.Effect;
import org.consentry.problem.Problems;

/**
 * Makes one kind of operator from what a mapping says. Immutable; safe for any number of threads.
 *
 * @param <C> the record whose components are the operator's own keys in the mapping
 */
public interface OperatorFactory<C extends Record> {

  /** What becomes of the source column. */
  enum Output {
    /** A released column. */
    COLUMN,
    /** Nothing: the column ends here, needs no {@code type}, and {@link #bind} is never called. */
    NOTHING
  }

  /** The word after {@code do:}. */
  String name();

  /** The record the operator's keys are bound to. */
  Class<C> config();

  /** One plain sentence for documentation and editors. */
  String summary();

  /** What the released values still reveal, by the operator's keys alone. */
  Effect effect(C config);

  /** What becomes of the source column. */
  default Output output() {
    return Output.COLUMN;
  }

  /**
   * Checks a rule and makes its operator.
   *
   * @param config the operator's keys
   * @param context what is known of the column
   * @param problems receives what is wrong, at {@code context.place()}
   * @return the operator, or empty when at least one error was added
   */
  Optional<Operator> bind(C config, ColumnContext context, Problems problems);
}
