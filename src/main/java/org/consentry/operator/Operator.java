package org.consentry.operator;

import java.util.Optional;
import java.util.Set;
import org.consentry.data.FieldType;
import org.consentry.data.ValueList;

/**
 * An operator bound to one column of a mapping: checked, immutable, without any key. Opened once
 * per run.
 */
public interface Operator {

  /** The word after {@code do:}. */
  String name();

  /** Type of the released column; equals the declared type. */
  FieldType type();

  /** What the codebook, manifest and policy check say about it. */
  OperatorNote note();

  /**
   * What the answer tells of the subject beside the column's value. Consent must cover the columns
   * that hold it as well.
   */
  default Set<SubjectAttribute> tellsOf() {
    return Set.of();
  }

  /** The list by which it replaces values; empty when it uses none. */
  default Optional<ValueList> listing() {
    return Optional.empty();
  }

  /** Which dates of the column are too near an end of the records to be released. */
  default Optional<TruncatedSpan> span() {
    return Optional.empty();
  }

  /** Makes the transformer of a run. */
  Transformer open(OperatorKeys keys);
}
