package org.consentry.plan;

import java.util.List;
import java.util.Set;
import org.consentry.data.RecordCategory;
import org.consentry.operator.OnInvalid;
import org.consentry.operator.Operator;
import org.consentry.operator.SubjectAttribute;

/**
 * Released columns that one operator makes of several inputs.
 *
 * @param operator makes them
 * @param inputs its inputs, in its order
 * @param onInvalid what happens to values the operator cannot take
 * @param columns what it releases, in its order
 */
public record DerivedColumns(
    Operator operator, List<Input> inputs, OnInvalid onInvalid, List<Derived> columns) {

  public DerivedColumns {
    inputs = List.copyOf(inputs);
    columns = List.copyOf(columns);
  }

  /** Names of the released columns, for messages. */
  public List<String> names() {
    return columns.stream().map(Derived::name).toList();
  }

  /**
   * One released column.
   *
   * @param name released name
   * @param categories consent categories that must all cover a cell: its own and those of every
   *     input
   */
  public record Derived(String name, Set<RecordCategory> categories) {
    public Derived {
      categories = Set.copyOf(categories);
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

    /** What is known of the row's subject. */
    record OfSubject(String name, SubjectAttribute attribute) implements Input {}
  }
}
