package org.consentry.plan;

import java.util.List;
import org.consentry.data.PlannedColumn;
import org.consentry.operator.InputSource;
import org.consentry.operator.Operator;

/**
 * The rules of one table with their operators, before they meet the positions of a source.
 *
 * @param name name of the table
 * @param rules what is released, in the order of the mapping, columns of several inputs last
 * @param columns what becomes of every column the mapping names
 */
record BoundTable(String name, List<Rule> rules, List<PlannedColumn> columns) {

  BoundTable {
    rules = List.copyOf(rules);
    columns = List.copyOf(columns);
  }

  /** Released columns that one operator makes of its inputs. */
  record Rule(Operator operator, List<InputSource> reads, List<PlannedColumn> columns) {

    Rule {
      reads = List.copyOf(reads);
      columns = List.copyOf(columns);
    }
  }
}
