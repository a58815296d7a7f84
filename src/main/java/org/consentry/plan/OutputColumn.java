package org.consentry.plan;

import java.util.Set;
import org.consentry.data.RecordCategory;
import org.consentry.operator.OnInvalid;
import org.consentry.operator.Operator;

/**
 * One released column.
 *
 * @param name released name
 * @param sourceColumn position of the column in its table's batches
 * @param sourceName name of the source column, for messages
 * @param operator what happens to it
 * @param onInvalid what happens to values the operator cannot take
 * @param categories every consent category that must cover its cells; the table's may be left out
 */
public record OutputColumn(
    String name,
    int sourceColumn,
    String sourceName,
    Operator operator,
    OnInvalid onInvalid,
    Set<RecordCategory> categories) {

  public OutputColumn {
    categories = Set.copyOf(categories);
  }
}
