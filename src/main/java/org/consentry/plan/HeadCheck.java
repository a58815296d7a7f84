package org.consentry.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.consentry.component.Placed;
import org.consentry.component.Shown;
import org.consentry.component.Suggestion;
import org.consentry.mapping.Mapping;
import org.consentry.mapping.TableRule;
import org.consentry.mapping.Unmapped;
import org.consentry.problem.Place;
import org.consentry.problem.Problems;
import org.consentry.source.SourceTable;

/** Holds a mapping's rules against the columns a source really has. */
final class HeadCheck {

  private final Mapping mapping;
  private final Problems problems;

  HeadCheck(Mapping mapping, Problems problems) {
    this.mapping = mapping;
    this.problems = problems;
  }

  /**
   * Reports rules without a column and, under {@code unmapped: stop}, columns without a rule.
   *
   * @return the columns that have no rule and are dropped
   */
  List<String> check(TableRule table, SourceTable head) {
    table.columns().forEach((column, rule) -> require(column, rule.place(), head));
    if (mapping.unmapped().value() == Unmapped.DROP) {
      table.key().forEach(column -> require(column, head));
      table.recordDate().forEach(column -> require(column, head));
      require(table.subject(), head);
      table.references().forEach((column, to) -> require(column, to.place(), head));
    }
    List<String> unmapped = new ArrayList<>(head.columns());
    unmapped.removeAll(table.columns().keySet());
    if (mapping.unmapped().value() == Unmapped.STOP) {
      unmapped.forEach(column -> refuse(column, table, head));
    }
    return unmapped;
  }

  /** Position of a column; empty after a problem was added. */
  Optional<Integer> require(Placed<String> column, SourceTable head) {
    return require(column.value(), column.place(), head);
  }

  Optional<Integer> require(String column, Place place, SourceTable head) {
    int position = head.columns().indexOf(column);
    if (position >= 0) {
      return Optional.of(position);
    }
    problems.error(
        "UNKNOWN_COLUMN",
        place,
        head.file() + " has no column " + Shown.word(column),
        Suggestion.hint(column, head.columns()));
    return Optional.empty();
  }

  private void refuse(String column, TableRule table, SourceTable head) {
    problems.error(
        "UNMAPPED_COLUMN",
        table.place(),
        "column " + Shown.word(column) + " of " + head.file() + " has no rule",
        "add one, such as {role: direct-identifier, do: drop}");
  }
}
