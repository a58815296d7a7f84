package org.consentry.plan;

import java.util.ArrayList;
import java.util.List;
import org.consentry.data.Field;
import org.consentry.data.PlannedColumn;
import org.consentry.operator.InputSource;
import org.consentry.operator.Operator;

/**
 * The rules of one table with their operators, before they meet the positions of a source.
 *
 * @param name name of the table
 * @param outputs what is released of one source column each, in the order of the mapping
 * @param derived what is released of several, in the order of the mapping
 * @param columns what becomes of every column the mapping names
 */
record BoundTable(
    String name, List<Output> outputs, List<Derived> derived, List<PlannedColumn> columns) {

  BoundTable {
    outputs = List.copyOf(outputs);
    derived = List.copyOf(derived);
    columns = List.copyOf(columns);
  }

  /** One released column with its operator. */
  record Output(PlannedColumn column, Operator operator) {}

  /** The released columns in the order in which they are released. */
  List<Field> fields() {
    List<Field> fields = new ArrayList<>();
    outputs.forEach(output -> fields.add(output.column().field()));
    derived.forEach(made -> made.columns().forEach(column -> fields.add(column.field())));
    return fields;
  }

  /** Released columns that one operator makes of several inputs. */
  record Derived(Operator operator, List<InputSource> reads, List<PlannedColumn> columns) {

    Derived {
      reads = List.copyOf(reads);
      columns = List.copyOf(columns);
    }
  }
}
