package org.consentry.config.mapping;

import org.consentry.config.OutputRule;
import org.consentry.config.SafeWord;
import org.consentry.config.TableRule;
import org.consentry.config.TableRule.ColumnRule;
import org.consentry.config.WithPlace;
import org.consentry.data.RecordCategory;
import org.consentry.problem.Place;
import org.consentry.problem.Problems;

/**
 * Checks the columns of one table with a consent category of their own, which are withheld from the
 * rows of a patient who did not grant it. Reports everything it finds.
 */
final class CategoryCheck {

  private final TableRule table;
  private final Problems problems;

  CategoryCheck(TableRule table, Problems problems) {
    this.table = table;
    this.problems = problems;
  }

  void run() {
    table.columns().forEach(this::column);
  }

  private void column(String column, ColumnRule rule) {
    rule.outputs().stream()
        .filter(OutputRule::isReleased)
        .forEach(output -> released(column, output));
    rule.outputs().stream()
        .filter(output -> category(output) != category(rule.outputs().get(0)))
        .findFirst()
        .ifPresent(output -> differs(column, rule.outputs().get(0), output));
  }

  private void released(String column, OutputRule output) {
    output
        .category()
        .filter(category -> hasOwn(output) && identifiesRows(column))
        .ifPresent(category -> ofKey(column, category.place()));
  }

  private RecordCategory category(OutputRule output) {
    return output.category().map(WithPlace::value).orElse(table.category().value());
  }

  private boolean hasOwn(OutputRule output) {
    return category(output) != table.category().value();
  }

  private boolean identifiesRows(String column) {
    return table.subject().value().equals(column)
        || table.key().stream().map(WithPlace::value).anyMatch(column::equals);
  }

  /** A cell of a key that is withheld would be a row that nothing can refer to. */
  private void ofKey(String column, Place place) {
    problems.error(
        "CATEGORY_OF_KEY",
        place,
        "column " + SafeWord.word(column) + " distinguishes rows, so it has the table's category",
        "remove the category; or give it to the table");
  }

  /** A value that is released under one name may not be withheld under another. */
  private void differs(String column, OutputRule one, OutputRule other) {
    problems.error(
        "CATEGORY_DIFFERS",
        other.category().map(WithPlace::place).orElse(other.place()),
        "the rules of column "
            + SafeWord.word(column)
            + " are of category "
            + category(one)
            + " and "
            + category(other)
            + ", though all are made of the same values",
        "name the same category in each");
  }
}
