package org.consentry.plan;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.consentry.config.DeriveRule;
import org.consentry.config.DeriveRule.DerivedColumn;
import org.consentry.config.OutputRule;
import org.consentry.config.TableRule;
import org.consentry.config.TableRule.ColumnRule;
import org.consentry.config.WithPlace;
import org.consentry.data.Absence;
import org.consentry.data.CodeLimits;
import org.consentry.data.Effect;
import org.consentry.data.EnumWord;
import org.consentry.data.Field;
import org.consentry.data.OnInvalid;
import org.consentry.data.OperatorNote;
import org.consentry.data.PlannedColumn;
import org.consentry.data.RecordCategory;
import org.consentry.operator.Operator;
import org.consentry.operator.SubjectSlots;
import org.consentry.problem.Problems;

/** Binds all rules of one table. */
final class TableBinder {

  private final RuleBinder operators;
  private final CellCategories categories;
  private final SubjectSlots slots;
  private final String subjects;
  private final Problems problems;
  private final List<BoundTable.Rule> rules = new ArrayList<>();
  private final List<PlannedColumn> columns = new ArrayList<>();

  /**
   * Prepares the binding of one table.
   *
   * @param subjects name of the table that describes subjects
   */
  TableBinder(
      RuleBinder operators,
      CellCategories categories,
      SubjectSlots slots,
      String subjects,
      Problems problems) {
    this.operators = operators;
    this.categories = categories;
    this.slots = slots;
    this.subjects = subjects;
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
    return new BoundTable(name, rules, columns);
  }

  private static boolean isReleased(ColumnRule rule) {
    return rule.outputs().stream().anyMatch(OutputRule::isReleased);
  }

  private void bind(String name, TableRule table, String column, OutputRule output) {
    Optional<RuleBinder.Bound> bound = operators.bind(name, table, column, output, slots);
    Optional<Operator> operator = bound.map(RuleBinder.Bound::operator);
    Set<RecordCategory> needed = categories.of(table, output, operator);
    OperatorNote note =
        operator.map(made -> made.notes().get(0)).orElse(PlannedColumn.NOT_RELEASED);
    PlannedColumn planned =
        planned(
            name,
            PlannedColumn.Origin.SOURCE_COLUMN,
            column,
            output,
            note,
            needed,
            operator.map(made -> released(name, table, column, output, made, needed)));
    columns.add(planned);
    bound.ifPresent(made -> release(made, List.of(planned)));
    output.limits().ifPresent(limits -> operator.ifPresent(made -> answers(output, made, limits)));
  }

  /** Reports answers of a list that are no codes. */
  private void answers(OutputRule output, Operator operator, CodeLimits limits) {
    operator
        .listing()
        .flatMap(list -> limits.flaws(list.answers()))
        .ifPresent(
            flaws ->
                problems.error(
                    "NO_CODE",
                    output.operator().place(),
                    "of the answers of the list, released as type: code, " + flaws,
                    "a code is "
                        + limits.words()
                        + ": shorten the answers, or allow longer codes by maxLength"));
  }

  private PlannedColumn planned(
      String table,
      PlannedColumn.Origin origin,
      String source,
      OutputRule rule,
      OperatorNote note,
      Set<RecordCategory> needed,
      Optional<PlannedColumn.Released> released) {
    return new PlannedColumn(
        table,
        origin,
        source,
        EnumWord.of(rule.role().value()),
        rule.operator().value(),
        operators.effect(rule.operator().place()),
        note,
        needed,
        rule.texts(),
        released);
  }

  private PlannedColumn.Released released(
      String name,
      TableRule table,
      String column,
      OutputRule output,
      Operator operator,
      Set<RecordCategory> needed) {
    OnInvalid onInvalid = output.onInvalid().orElse(OnInvalid.STOP);
    Set<Absence> absences = absences(table, needed, onInvalid);
    if (column.equals(table.subject().value()) && isCode(output)) {
      absences.remove(Absence.MISSING); // a row that names no subject is not released
    }
    if (operator.releasesNothing()) {
      absences = EnumSet.of(Absence.SUPPRESSED);
    } else if (operator.span().isPresent() && name.equals(subjects)) {
      absences.add(Absence.TRUNCATED);
    }
    return new PlannedColumn.Released(
        new Field(
            output.as().map(WithPlace::value).orElse(column),
            output.type().orElseThrow().value().type(),
            output.label().orElse("")),
        onInvalid,
        absences,
        output.limits());
  }

  private boolean isCode(OutputRule output) {
    return operators.effect(output.operator().place()) instanceof Effect.Code;
  }

  private static Set<Absence> absences(
      TableRule table, Set<RecordCategory> needed, OnInvalid onInvalid) {
    Set<Absence> absences = EnumSet.of(Absence.MISSING);
    if (needed.stream().anyMatch(category -> category != table.category().value())) {
      absences.add(Absence.WITHHELD);
    }
    if (onInvalid == OnInvalid.BLANK) {
      absences.add(Absence.BLANKED);
    }
    return absences;
  }

  private void derive(String name, TableRule table, DeriveRule rule) {
    Optional<RuleBinder.Bound> operator = operators.bind(name, table, rule, slots);
    if (operator.isEmpty()) {
      return;
    }
    String inputs =
        String.join(", ", rule.inputs().stream().map(WithPlace::value).distinct().toList());
    List<PlannedColumn> released = new ArrayList<>();
    Operator made = operator.get().operator();
    for (int i = 0; i < rule.release().size(); i++) {
      DerivedColumn column = rule.release().get(i);
      OutputRule output = column.output(rule);
      Set<RecordCategory> needed = categories.of(table, rule, column, made);
      released.add(
          planned(
              name,
              PlannedColumn.Origin.DERIVED,
              inputs,
              output,
              made.notes().get(i),
              needed,
              Optional.of(released(name, table, inputs, output, made, needed))));
    }
    columns.addAll(released);
    release(operator.get(), released);
  }

  private void release(RuleBinder.Bound bound, List<PlannedColumn> released) {
    rules.add(new BoundTable.Rule(bound.operator(), bound.reads(), released));
  }
}
