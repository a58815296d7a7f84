package org.consentry.plan;

import java.util.Set;
import org.consentry.data.OnInvalid;
import org.consentry.data.PlannedColumn;
import org.consentry.data.RecordCategory;
import org.consentry.operator.Operator;

/**
 * One released column of one source column, bound to a source.
 *
 * @param column the column as planned; it is released
 * @param sourceColumn position of the source column in its table's batches
 * @param operator what happens to it
 */
public record OutputColumn(PlannedColumn column, int sourceColumn, Operator operator) {

  public OutputColumn {
    if (column.released().isEmpty()) {
      throw new IllegalArgumentException("an output is a released column");
    }
  }

  private PlannedColumn.Released released() {
    return column.released().orElseThrow();
  }

  /** The released name. */
  public String name() {
    return released().name();
  }

  /** Name of the source column, for messages. */
  public String sourceName() {
    return column.source();
  }

  /** What happens to values that the operator cannot take. */
  public OnInvalid onInvalid() {
    return released().onInvalid();
  }

  /** Every consent category that must cover its cells; the table's may be left out. */
  public Set<RecordCategory> categories() {
    return column.categories();
  }
}
