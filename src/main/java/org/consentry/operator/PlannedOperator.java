package org.consentry.operator;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.consentry.data.FieldType;
import org.consentry.data.ValueList;

/**
 * The plain form of an operator.
 *
 * @param tellsOf what it tells of the subject beside the column's value
 * @param listing the list by which it replaces values
 * @param opener makes the transformer once keys are there
 */
record PlannedOperator(
    String name,
    FieldType type,
    OperatorNote note,
    Set<SubjectAttribute> tellsOf,
    Optional<ValueList> listing,
    Function<OperatorKeys, Transformer> opener)
    implements Operator {

  PlannedOperator {
    tellsOf = Set.copyOf(tellsOf);
  }

  /** An operator that depends on the column's value alone. */
  static PlannedOperator of(
      String name, FieldType type, OperatorNote note, Function<OperatorKeys, Transformer> opener) {
    return new PlannedOperator(name, type, note, Set.of(), Optional.empty(), opener);
  }

  /** An operator that needs no key. */
  static PlannedOperator keyless(
      String name, FieldType type, OperatorNote note, Transformer transformer) {
    return of(name, type, note, keys -> transformer);
  }

  /** The same operator, which tells of the subject too. */
  PlannedOperator tellingOf(SubjectAttribute attribute) {
    return new PlannedOperator(name, type, note, Set.of(attribute), listing, opener);
  }

  /** The same operator, which replaces values by a list. */
  PlannedOperator listed(ValueList list) {
    return new PlannedOperator(name, type, note, tellsOf, Optional.of(list), opener);
  }

  @Override
  public Transformer open(OperatorKeys keys) {
    return opener.apply(keys);
  }
}
