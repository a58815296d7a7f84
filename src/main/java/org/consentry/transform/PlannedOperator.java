package org.consentry.transform;

import java.util.Set;
import java.util.function.Function;
import org.consentry.data.FieldType;

/**
 * The plain form of an operator.
 *
 * @param tellsOf what it tells of the subject beside the column's value
 * @param opener makes the transformer once keys are there
 */
record PlannedOperator(
    String name,
    FieldType type,
    OperatorNote note,
    Set<SubjectAttribute> tellsOf,
    Function<OperatorKeys, Transformer> opener)
    implements Operator {

  PlannedOperator {
    tellsOf = Set.copyOf(tellsOf);
  }

  /** An operator that needs no key. */
  static PlannedOperator keyless(
      String name, FieldType type, OperatorNote note, Transformer transformer) {
    return new PlannedOperator(name, type, note, Set.of(), keys -> transformer);
  }

  /** The same operator, which tells of the subject too. */
  PlannedOperator tellingOf(SubjectAttribute attribute) {
    return new PlannedOperator(name, type, note, Set.of(attribute), opener);
  }

  @Override
  public Transformer open(OperatorKeys keys) {
    return opener.apply(keys);
  }
}
