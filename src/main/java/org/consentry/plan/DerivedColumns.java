package org.consentry.plan;

import java.util.List;
import org.consentry.data.OnInvalid;
import org.consentry.data.PlannedColumn;
import org.consentry.operator.Operator;
import org.consentry.operator.SubjectAttribute;

/**
 * Released columns that one operator makes of several inputs.
 *
 * @param operator makes them
 * @param inputs its inputs, in its order
 * @param columns what it releases, in its order, at least one
 */
public record DerivedColumns(Operator operator, List<Input> inputs, List<PlannedColumn> columns) {

  public DerivedColumns {
    inputs = List.copyOf(inputs);
    columns = List.copyOf(columns);
  }

  /** Names of the released columns, for messages. */
  public List<String> names() {
    return columns.stream().map(column -> column.field().name()).toList();
  }

  /** What happens to values that the operator cannot take: one rule for all its columns. */
  public OnInvalid onInvalid() {
    return columns.get(0).released().orElseThrow().onInvalid();
  }

  /** Where an input comes from. */
  public sealed interface Input {

    /** How messages name it. */
    String name();

    /**
     * A source column.
     *
     * @param position its position in the table's batches
     */
    record OfRow(String name, int position) implements Input {}

    /** What is known of the row's subject. */
    record OfSubject(String name, SubjectAttribute attribute) implements Input {}
  }
}
