package org.consentry.operator;

import java.util.List;
import java.util.Optional;
import org.consentry.data.Effect;
import org.consentry.problem.Problems;

/**
 * Makes one kind of operator from what a mapping writes. Immutable; safe for any number of threads.
 *
 * <p>By default an operator makes one released column of the source column of its rule, and is
 * written under {@code columns:}. One that declares other {@link #inputs()} is written under {@code
 * derive:}, where every input is named.
 *
 * @param <C> the record whose components are the operator's own keys in the mapping
 */
public interface OperatorFactory<C extends Record> {

  /** How many sources an input takes. */
  enum Takes {
    /** Exactly one. */
    ONE,
    /** One or none. */
    ONE_OR_NONE,
    /** At least one. */
    MANY,
    /** Any number, also none. */
    ANY
  }

  /**
   * An input of the operator.
   *
   * @param name the key under {@code from:}
   * @param takes how many sources it takes
   */
  record Input(String name, Takes takes) {

    /** The source column of a rule under {@code columns:}. */
    public static final Input COLUMN = new Input("column", Takes.ONE);
  }

  /** The word after {@code do:}. */
  String name();

  /** The record the operator's keys are bound to. */
  Class<C> config();

  /** What the released values still reveal, by the operator's keys alone. */
  Effect effect(C config);

  /** What it takes, at least one. */
  default List<Input> inputs() {
    return List.of(Input.COLUMN);
  }

  /**
   * What it gives: the words after {@code of:}, which a rule may leave out when there is one. None
   * at all when the source column ends here: such a rule has no {@code type} and {@link #bind} is
   * never called.
   */
  default List<String> outputs() {
    return List.of("value");
  }

  /** Whether it is written under {@code columns:}, as the rule of one source column. */
  default boolean isOfColumn() {
    return inputs().equals(List.of(Input.COLUMN));
  }

  /**
   * Checks a rule and makes its operator. Inputs and outputs fit {@link #inputs()} and {@link
   * #outputs()}.
   *
   * @param config the operator's keys
   * @param context what is known of the rule
   * @param problems receives what is wrong, at {@code context.place()} or an output's place
   * @return the operator, or empty when at least one error was added
   */
  Optional<Operator> bind(C config, RuleContext context, Problems problems);
}
