package org.consentry.plan;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.consentry.config.RiskRule;
import org.consentry.config.SafeWord;
import org.consentry.config.Suggestion;
import org.consentry.config.WithPlace;
import org.consentry.data.Field;
import org.consentry.problem.Problems;

/** Checks that what an adversary may know is released at all. */
final class RiskBinder {

  private RiskBinder() {}

  /** The released columns of a table, as {@code table.column}. */
  static List<String> names(TableExtract table) {
    return table.schema().fields().stream()
        .map(Field::name)
        .map(column -> table.name() + "." + column)
        .toList();
  }

  /** Reports what of a rule names no released column. */
  static void check(RiskRule rule, List<TableExtract> tables, Problems problems) {
    List<String> released = tables.stream().flatMap(table -> names(table).stream()).toList();
    check(rule.identity(), released, problems);
    rule.events()
        .ifPresent(
            events -> {
              check(events.columns(), released, problems);
              oneTable(events, tables, problems);
            });
  }

  private static void check(
      List<WithPlace<String>> columns, List<String> released, Problems problems) {
    Set<String> seen = new HashSet<>();
    for (WithPlace<String> column : columns) {
      if (!released.contains(column.value())) {
        problems.error(
            "RISK_COLUMN",
            column.place(),
            "no released column is named " + SafeWord.word(column.value()),
            Suggestion.nearest(column.value(), released)
                .map(near -> "did you mean '" + near + "'?")
                .orElse("write table.column, with the name under which the column is released"));
      } else if (!seen.add(column.value())) {
        problems.error(
            "RISK_COLUMN",
            column.place(),
            "'" + column.value() + "' is named twice",
            "remove one of the two");
      }
    }
  }

  private static void oneTable(
      RiskRule.EventsRule events, List<TableExtract> tables, Problems problems) {
    long named =
        tables.stream()
            .filter(
                table ->
                    events.columns().stream()
                        .anyMatch(column -> names(table).contains(column.value())))
            .count();
    if (named > 1) {
      problems.error(
          "RISK_EVENTS",
          events.place(),
          "the columns of events are of more than one table",
          "name columns of the table that has one row an event");
    }
  }
}
