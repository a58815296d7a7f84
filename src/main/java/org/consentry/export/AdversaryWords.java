package org.consentry.export;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.consentry.data.Effect;
import org.consentry.data.PlannedColumn;
import org.consentry.plan.RiskPlan;
import org.consentry.plan.RiskPlan.Columns;
import org.consentry.plan.TableExtract;

/**
 * The adversary of a risk in plain words, such as {@code a person who knows birth year, sex, area
 * and up to two of the procedures (cpt code, procedure year)}.
 */
final class AdversaryWords {

  private AdversaryWords() {}

  static String of(RiskPlan risk, List<TableExtract> tables) {
    List<String> known =
        new ArrayList<>(
            risk.identity().stream().flatMap(columns -> words(columns, tables)).toList());
    risk.events().ifPresent(events -> known.add(events(events, risk.known(), tables)));
    return "a person who knows " + list(known);
  }

  private static String events(Columns events, int known, List<TableExtract> tables) {
    return (known == 1 ? "one" : "up to two")
        + " of the "
        + spaced(events.table())
        + " ("
        + String.join(", ", words(events, tables).toList())
        + ")";
  }

  private static Stream<String> words(Columns columns, List<TableExtract> tables) {
    TableExtract table =
        tables.stream().filter(one -> one.name().equals(columns.table())).findFirst().orElseThrow();
    List<PlannedColumn> released =
        table.released().stream().flatMap(made -> made.columns().stream()).toList();
    return columns.positions().stream().map(released::get).map(AdversaryWords::word);
  }

  private static String word(PlannedColumn column) {
    return column.effect() instanceof Effect.Area ? "area" : spaced(column.field().name());
  }

  private static String spaced(String name) {
    return name.replace('_', ' ').strip();
  }

  /** Joined by commas, the last by {@code and}. */
  private static String list(List<String> words) {
    int last = words.size() - 1;
    return last == 0
        ? words.get(0)
        : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
  }
}
