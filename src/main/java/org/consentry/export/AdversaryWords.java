package org.consentry.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.consentry.config.LevelPlan;
import org.consentry.data.Effect;
import org.consentry.data.PlannedColumn;
import org.consentry.operator.Level;
import org.consentry.plan.RiskPlan;
import org.consentry.plan.RiskPlan.Columns;
import org.consentry.plan.TableExtract;

/**
 * The adversary of a risk in plain words, such as {@code a person who knows birth year, sex, area
 * and up to two of the procedures (cpt code, procedure year)}. Of a coarser level it has the level,
 * and of a column that is not released nothing.
 */
final class AdversaryWords {

  private final List<TableExtract> tables;
  private final Map<String, String> levels;

  /**
   * Words for some columns.
   *
   * @param levels those of an approved plan, by {@code table.column}
   */
  AdversaryWords(List<TableExtract> tables, Map<String, String> levels) {
    this.tables = tables;
    this.levels = levels;
  }

  String of(RiskPlan risk) {
    List<String> known = new ArrayList<>(risk.identity().stream().flatMap(this::words).toList());
    risk.events().map(events -> events(events, risk.known())).ifPresent(known::add);
    return known.isEmpty()
        ? "a person who knows who is in the data"
        : "a person who knows " + list(known);
  }

  private String events(Columns events, int known) {
    List<String> columns = words(events).toList();
    return (known == 1 ? "one" : "up to two")
        + " of the "
        + spaced(events.table())
        + (columns.isEmpty() ? "" : " (" + String.join(", ", columns) + ")");
  }

  /** The columns that have values, as {@code table.column}. */
  List<String> names(List<Columns> columns) {
    return columns.stream()
        .flatMap(
            ofTable -> known(ofTable).map(column -> ofTable.table() + "." + column.field().name()))
        .toList();
  }

  private Stream<String> words(Columns columns) {
    return known(columns).map(column -> word(column, level(columns.table(), column)));
  }

  private Stream<PlannedColumn> known(Columns columns) {
    TableExtract table =
        tables.stream().filter(one -> one.name().equals(columns.table())).findFirst().orElseThrow();
    List<PlannedColumn> released =
        table.released().stream().flatMap(made -> made.columns().stream()).toList();
    return columns.positions().stream()
        .map(released::get)
        .filter(column -> !level(columns.table(), column).equals(Level.NONE.name()));
  }

  private String level(String table, PlannedColumn column) {
    return levels.getOrDefault(table + "." + column.field().name(), LevelPlan.AS_MAPPED);
  }

  private static String word(PlannedColumn column, String level) {
    String word = column.effect() instanceof Effect.Area ? "area" : spaced(column.field().name());
    return level.equals(LevelPlan.AS_MAPPED) ? word : word + " (" + level + ")";
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
