package org.consentry.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.consentry.config.DeriveRule;
import org.consentry.config.DeriveRule.DerivedColumn;
import org.consentry.config.OutputRule;
import org.consentry.config.TableRule;
import org.consentry.config.TableRule.ColumnRule;
import org.consentry.config.WithPlace;
import org.consentry.data.Field;
import org.consentry.data.RecordCategory;
import org.consentry.operator.OnInvalid;
import org.consentry.operator.Operator;
import org.consentry.operator.OperatorNote;
import org.consentry.operator.SubjectSlots;
import org.consentry.problem.Problems;

/** Binds all rules of one table. */
final class TableBinder {

  private final RuleBinder operators;
  private final CellCategories categories;
  private final SubjectSlots slots;
  private final Problems problems;
  private final List<BoundTable.Output> outputs = new ArrayList<>();
  private final List<BoundTable.Derived> derived = new ArrayList<>();
  private final List<PlannedColumn> columns = new ArrayList<>();

  TableBinder(
      RuleBinder operators, CellCategories categories, SubjectSlots slots, Problems problems) {
    this.operators = operators;
    this.categories = categories;
    this.slots = slots;
    this.problems = problems;
  }

  /** Binds the table; what cannot be bound is reported and left out. */
  BoundTable bind(String name, TableRule table) {
    table
        .columns()
        .forEach(
            (column, rule) -> rule.outputs().forEach(output -> bind(name, table, column, output)));
    table.derive().forEach(rule -> derive(name, table, rule));
    boolean nothing = table.columns().values().stream().noneMatch(TableBinder::isReleased);
    if (nothing && table.derive().isEmpty()) {
      problems.error(
          "NOTHING_RELEASED",
          table.place(),
          "every column of table '" + name + "' is dropped",
          "release a column, or leave the table out of the job's tables");
    }
    return new BoundTable(name, outputs, derived, columns);
  }

  private static boolean isReleased(ColumnRule rule) {
    return rule.outputs().stream().anyMatch(OutputRule::isReleased);
  }

  private void bind(String name, TableRule table, String column, OutputRule output) {
    Optional<Operator> operator =
        operators.bind(name, table, column, output, slots).map(RuleBinder.Bound::operator);
    Set<RecordCategory> needed = categories.of(table, output, operator);
    Optional<Field> field =
        operator.map(
            bound ->
                new Field(
                    output.as().map(WithPlace::value).orElse(column),
                    output.type().orElseThrow().value().type(),
                    output.label().orElse("")));
    columns.add(
        new PlannedColumn(
            name,
            PlannedColumn.Origin.SOURCE_COLUMN,
            column,
            field.map(Field::name),
            Optional.of(output.role().value()),
            output.operator().value(),
            operators.effect(output.operator().place()),
            operator.map(bound -> bound.notes().get(0)),
            field.map(Field::type),
            needed,
            output.why().map(WithPlace::value),
            output.label(),
            output.unit(),
            output.place()));
    field.ifPresent(
        released ->
            outputs.add(
                new BoundTable.Output(
                    column,
                    operator.orElseThrow(),
                    onInvalid(output.onInvalid()),
                    needed,
                    released)));
  }

  private void derive(String name, TableRule table, DeriveRule rule) {
    Optional<RuleBinder.Bound> operator = operators.bind(name, table, rule, slots);
    if (operator.isEmpty()) {
      return;
    }
    List<BoundTable.DerivedOutput> released = new ArrayList<>();
    List<OperatorNote> notes = operator.get().operator().notes();
    for (int i = 0; i < rule.release().size(); i++) {
      DerivedColumn column = rule.release().get(i);
      Set<RecordCategory> needed = categories.of(table, rule, column);
      Field field =
          new Field(column.as().value(), column.type().value().type(), column.label().orElse(""));
      released.add(new BoundTable.DerivedOutput(field, needed));
      columns.add(
          new PlannedColumn(
              name,
              PlannedColumn.Origin.DERIVED,
              String.join(", ", rule.inputs().stream().map(WithPlace::value).distinct().toList()),
              Optional.of(field.name()),
              Optional.of(column.role().value()),
              rule.operator().value(),
              operators.effect(rule.operator().place()),
              Optional.of(notes.get(i)),
              Optional.of(field.type()),
              needed,
              column.why().map(WithPlace::value),
              column.label(),
              column.unit(),
              column.place()));
    }
    derived.add(
        new BoundTable.Derived(
            operator.get().operator(),
            operator.get().reads(),
            onInvalid(rule.onInvalid()),
            released));
  }

  private static OnInvalid onInvalid(Optional<org.consentry.config.OutputRule.OnInvalid> word) {
    return word.map(known -> OnInvalid.valueOf(known.name())).orElse(OnInvalid.STOP);
  }
}
