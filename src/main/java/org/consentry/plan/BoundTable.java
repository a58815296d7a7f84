package org.consentry.plan;

import java.util.List;
import java.util.Optional;
import org.consentry.data.Field;
import org.consentry.data.RecordCategory;
import org.consentry.transform.OnInvalid;
import org.consentry.transform.Operator;

/**
 * The rules of one table with their operators, before they meet the positions of a source.
 *
 * @param name name of the table
 * @param outputs what is released, in the order of the mapping
 * @param columns what becomes of every column the mapping names
 */
record BoundTable(String name, List<Output> outputs, List<PlannedColumn> columns) {

  BoundTable {
    outputs = List.copyOf(outputs);
    columns = List.copyOf(columns);
  }

  /** One released column. */
  record Output(
      String source,
      Operator operator,
      OnInvalid onInvalid,
      Optional<RecordCategory> category,
      Field field) {}
}
