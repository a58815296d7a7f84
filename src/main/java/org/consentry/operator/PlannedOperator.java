package org.consentry.operator;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.consentry.data.OperatorNote;
import org.consentry.data.ValueList;

/**
 * The plain form of an operator.
 *
 * @param opener makes the transformer once keys are there
 */
record PlannedOperator(
    String name,
    List<OperatorNote> notes,
    Set<SubjectAttribute> subjectAttributes,
    Optional<ValueList> listing,
    Optional<TruncatedSpan> span,
    List<Level> levels,
    Function<OperatorKeys, Transformer> opener)
    implements Operator {

  PlannedOperator {
    notes = List.copyOf(notes);
    subjectAttributes = Set.copyOf(subjectAttributes);
    levels = List.copyOf(levels);
  }

  /** An operator of one column that depends on the inputs alone. */
  static PlannedOperator of(
      String name, OperatorNote note, Function<OperatorKeys, Transformer> opener) {
    return new PlannedOperator(
        name, List.of(note), Set.of(), Optional.empty(), Optional.empty(), List.of(), opener);
  }

  /** An operator of one column that needs no key. */
  static PlannedOperator keyless(String name, OperatorNote note, Transformer transformer) {
    return of(name, note, keys -> transformer);
  }

  /** The same operator, which depends on the subject too. */
  PlannedOperator dependingOn(SubjectAttribute attribute) {
    return new PlannedOperator(name, notes, Set.of(attribute), listing, span, levels, opener);
  }

  /** The same operator, which replaces values by a list. */
  PlannedOperator listed(ValueList list) {
    List<String> answers = list.answers().stream().distinct().sorted().toList();
    List<OperatorNote> listing = notes.stream().map(note -> note.withValues(answers)).toList();
    return new PlannedOperator(
        name, listing, subjectAttributes, Optional.of(list), span, levels, opener);
  }

  /** The same operator, which does not release dates near the ends of the records. */
  PlannedOperator truncated(Optional<TruncatedSpan> ends) {
    return new PlannedOperator(name, notes, subjectAttributes, listing, ends, levels, opener);
  }

  /** The same operator, which has coarser forms. */
  PlannedOperator with(List<Level> coarser) {
    return new PlannedOperator(name, notes, subjectAttributes, listing, span, coarser, opener);
  }

  @Override
  public Transformer open(OperatorKeys keys) {
    return opener.apply(keys);
  }
}
