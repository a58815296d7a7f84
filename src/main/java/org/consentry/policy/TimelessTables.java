package org.consentry.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.consentry.config.Mapping;
import org.consentry.config.TableRule;
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
   * @param unmapped columns of the source without a rule, by table; a table may be absent
   * @return one error a column, in the order of the mapping
   */
  public static List<Problem> check(Mapping mapping, Map<String, List<String>> unmapped) {
    List<Problem> problems = new ArrayList<>();
    mapping
        .tables()
        .forEach(
            (name, table) -> {
              if (table.timeless().isPresent()) {
                check(mapping, name, table, unmapped.getOrDefault(name, List.of()), problems);
              }
            });
    return problems;
  }

  private static void check(
      Mapping mapping,
      String name,
      TableRule table,
      List<String> unmapped,
      List<Problem> problems) {
    table
        .columns()
        .forEach(
            (column, rule) -> {
              if (isEvent(mapping, name, table, column)) {
                problems.add(problem(name, column, rule.place()));
              }
            });
    for (String column : unmapped) {
      if (isEvent(mapping, name, table, column)) {
        problems.add(problem(name, column, table.place()));
      }
    }
  }

  private static boolean isEvent(Mapping mapping, String name, TableRule table, String column) {
    return Rule.kind(mapping, name, column, table) == ColumnKind.DATE
        && !Rule.isDeathDate(mapping, name, column);
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
