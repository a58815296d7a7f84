package org.consentry.operator;

import java.util.List;
import java.util.Optional;
import org.consentry.data.Effect;
import org.consentry.problem.Problems;

/**
 * Makes one kind of row operator from what a mapping says under {@code derive:}. Immutable; safe
 * for any number of threads.
 *
 * @param <C> the record whose components are the operator's own keys in the mapping
 */
public interface RowOperatorFactory<C extends Record> {

  /** How many sources an input takes. */
  enum Takes {
    /** Exactly one. */
    ONE,
    /** One or none. */
    ONE_OR_NONE,
    /** At least one. */
    MANY,
    /** Any number. */
    ANY
  }

  /**
   * An input of the operator.
   *
   * @param name the key under {@code from:}
   * @param takes how many sources it takes
   */
  record Input(String name, Takes takes) {}

  /** The word after {@code do:}. */
  String name();

  /** The record the operator's keys are bound to. */
  Class<C> config();

  /** One plain sentence for documentation and editors. */
  String summary();

  /** What the released values still reveal, by the operator's keys alone. */
  Effect effect(C config);

  /** What it takes, at least one. */
  List<Input> inputs();

  /** What it gives, at least one: the words after {@code of:}. */
  List<String> outputs();

  /**
   * Checks a rule and makes its operator. Inputs and outputs were held against {@link #inputs()}
   * and {@link #outputs()} before.
   *
   * @param config the operator's keys
   * @param context what is known of the rule
   * @param problems receives what is wrong, at {@code context.place()} or an output's place
   * @return the operator, or empty when at least one error was added
   */
  Optional<RowOperator> bind(C config, RowContext context, Problems problems);
}
