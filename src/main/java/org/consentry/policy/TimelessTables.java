package org.consentry.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.consentry.config.Mapping;
import org.consentry.config.TableRule;
import org.consentry.data.Effect;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;

/**
 * What every target demands of a timeless table. Its rows need no date inside a consent's window,
 * so it must not be one of events: no column of it may be a date, be it dropped, but those of birth
 * and death, which describe the person.
 */
public final class TimelessTables {

  private TimelessTables() {}

  /**
   * Dates in timeless tables.
   *
   * @param effects what the rules still reveal, by the place of the operator's word
   * @param unmapped columns of the source without a rule, by table; a table may be absent
   * @return one error a column, in the order of the mapping
   */
  public static List<Problem> check(
      Mapping mapping, Map<Place, Effect> effects, Map<String, List<String>> unmapped) {
    MappingRules rules = new MappingRules(mapping, effects);
    List<Problem> problems = new ArrayList<>();
    mapping
        .tables()
        .forEach(
            (name, table) -> {
              if (table.timeless().isPresent()) {
                check(rules, name, table, unmapped.getOrDefault(name, List.of()), problems);
              }
            });
    return problems;
  }

  private static void check(
      MappingRules rules,
      String name,
      TableRule table,
      List<String> unmapped,
      List<Problem> problems) {
    table
        .columns()
        .forEach(
            (column, rule) -> {
              if (isEvent(rules, name, table, column)) {
                problems.add(problem(name, column, rule.place()));
              }
            });
    for (String column : unmapped) {
      if (isEvent(rules, name, table, column)) {
        problems.add(problem(name, column, table.place()));
      }
    }
  }

  private static boolean isEvent(MappingRules rules, String name, TableRule table, String column) {
    return rules.kind(name, table, column) == ColumnKind.DATE
        && !rules.isDeathDate(name, column)
        && !rules.isAgeYear(name, column);
  }

  private static Problem problem(String table, String column, Place place) {
    return Problem.error(
        "TIMELESS_DATE",
        place,
        "column '"
            + column
            + "' of the timeless table '"
            + table
            + "' is a date, so its rows may be events, which consent must cover by their date",
        "name the date under recordDate instead of timeless; a date of birth or death belongs under"
            + " subjects: birthDate, deathDate");
  }
}
