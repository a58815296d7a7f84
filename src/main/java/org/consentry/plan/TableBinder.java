package org.consentry.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.consentry.component.Placed;
import org.consentry.data.Field;
import org.consentry.data.RecordCategory;
import org.consentry.mapping.ColumnRule;
import org.consentry.mapping.OutputRule;
import org.consentry.mapping.TableRule;
import org.consentry.problem.Problems;
import org.consentry.transform.OnInvalid;
import org.consentry.transform.Operator;
import org.consentry.transform.SubjectSlots;

/** Binds all rules of one table. */
final class TableBinder {

  private final ColumnBinder operators;
  private final SubjectSlots slots;
  private final Problems problems;
  private final List<BoundTable.Output> outputs = new ArrayList<>();
  private final List<PlannedColumn> columns = new ArrayList<>();

  TableBinder(ColumnBinder operators, SubjectSlots slots, Problems problems) {
    this.operators = operators;
    this.slots = slots;
    this.problems = problems;
  }

  /** Binds the table; what cannot be bound is reported and left out. */
  BoundTable bind(String name, TableRule table) {
    table
        .columns()
        .forEach(
            (column, rule) -> rule.outputs().forEach(output -> bind(name, table, column, output)));
    boolean nothing = table.columns().values().stream().noneMatch(TableBinder::isReleased);
    if (nothing) {
      problems.error(
          "NOTHING_RELEASED",
          table.place(),
          "every column of table '" + name + "' is dropped",
          "release a column, or leave the table out of the job's tables");
    }
    return new BoundTable(name, outputs, columns);
  }

  private static boolean isReleased(ColumnRule rule) {
    return rule.outputs().stream().anyMatch(OutputRule::isReleased);
  }

  private void bind(String name, TableRule table, String column, OutputRule output) {
    Optional<Operator> operator = operators.bind(name, column, output, slots);
    RecordCategory category = output.category().map(Placed::value).orElse(table.category().value());
    Optional<Field> field =
        operator.map(
            bound ->
                new Field(
                    output.as().map(Placed::value).orElse(column),
                    bound.type(),
                    output.label().orElse("")));
    columns.add(
        new PlannedColumn(
            name,
            column,
            field.map(Field::name),
            Optional.of(output.role().value()),
            output.operator().value(),
            operator.map(Operator::note),
            field.map(Field::type),
            category,
            output.why().map(Placed::value),
            output.label(),
            output.unit(),
            output.place()));
    field.ifPresent(
        released ->
            outputs.add(
                new BoundTable.Output(
                    column,
                    operator.orElseThrow(),
                    output
                        .onInvalid()
                        .map(word -> OnInvalid.valueOf(word.name()))
                        .orElse(OnInvalid.STOP),
                    output.category().map(Placed::value),
                    released)));
  }
}
