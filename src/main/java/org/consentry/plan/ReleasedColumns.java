package org.consentry.plan;

import java.util.List;
import org.consentry.data.OnInvalid;
import org.consentry.data.PlannedColumn;
import org.consentry.operator.Operator;
import org.consentry.operator.SubjectAttribute;

/**
 * Released columns that one operator makes of its inputs, bound to a source.
 *
 * @param operator makes them
 * @param inputs its inputs, in its order, at least one
 * @param columns what it releases, in its order, at least one; all are released
 */
public record ReleasedColumns(Operator operator, List<Input> inputs, List<PlannedColumn> columns) {

  public ReleasedColumns {
    inputs = List.copyOf(inputs);
    columns = List.copyOf(columns);
    if (columns.isEmpty() || columns.stream().anyMatch(column -> column.released().isEmpty())) {
      throw new IllegalArgumentException("an operator makes released columns");
    }
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

    /** An attribute of the row's subject. */
    record OfSubject(String name, SubjectAttribute attribute) implements Input {}
  }

  /** Names of the released columns. */
  public List<String> names() {
    return columns.stream().map(column -> column.field().name()).toList();
  }

  /** Names of the inputs, for messages. */
  public List<String> inputNames() {
    return inputs.stream().map(Input::name).toList();
  }

  /** What happens to values that the operator cannot take: one rule for all its columns. */
  public OnInvalid onInvalid() {
    return columns.get(0).released().orElseThrow().onInvalid();
  }

  /** Whether they are made of one source column alone. */
  public boolean isOfColumn() {
    return columns.get(0).origin() == PlannedColumn.Origin.SOURCE_COLUMN;
  }

  /** Position of the first input, which is a source column, in the table's batches. */
  public int sourceColumn() {
    return ((Input.OfRow) inputs.get(0)).position();
  }
}
