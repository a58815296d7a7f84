package org.consentry.transform;

import java.util.function.Function;
import org.consentry.data.FieldType;

/**
 * The plain form of an operator.
 *
 * @param opener makes the transformer once keys are there
 */
record PlannedOperator(
    String name, FieldType type, OperatorNote note, Function<OperatorKeys, Transformer> opener)
    implements Operator {

  /** An operator that needs no key. */
  static PlannedOperator keyless(
      String name, FieldType type, OperatorNote note, Transformer transformer) {
    return new PlannedOperator(name, type, note, keys -> transformer);
  }

  @Override
  public Transformer open(OperatorKeys keys) {
    return opener.apply(keys);
  }
}
