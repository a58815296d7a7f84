package org.consentry.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.consentry.config.Quality;
import org.consentry.config.Suggestion;
import org.consentry.config.WithPlace;
import org.consentry.data.PlannedColumn;
import org.consentry.problem.Problems;

/** Checks the names of tables and columns that limits of quality are stated of. */
final class QualityNames {

  private QualityNames() {}

  /**
   * Reports every name that the job neither releases nor reads to decide.
   *
   * @param problems receives the problems
   */
  static void check(Quality quality, TablesPlan tables, Problems problems) {
    List<String> names = tables.tables().stream().map(TableExtract::name).toList();
    List<String> columns =
        tables.columns().stream()
            .filter(column -> column.name().isPresent())
            .map(QualityNames::name)
            .toList();
    check("table", quality.minRows(), names, problems);
    List<String> read = new ArrayList<>(columns);
    Stream.concat(
            tables.tables().stream(),
            tables.decide().cohort().stream()
                .flatMap(cohort -> cohort.conditions().stream())
                .map(CohortCondition::table))
        .flatMap(QualityNames::read)
        .filter(name -> !read.contains(name))
        .forEach(read::add);
    check("released or deciding column", quality.blanked(), withDefault(read), problems);
    check("table", quality.unknownSubjects(), withDefault(names), problems);
    check("table", quality.fewerThanLast(), withDefault(names), problems);
  }

  /** The columns whose cells are counted as readable or not. */
  private static Stream<String> read(TableExtract table) {
    return table.readColumns().stream()
        .map(read -> table.name() + "." + table.column(read.column()));
  }

  private static List<String> withDefault(List<String> names) {
    List<String> all = new ArrayList<>(names);
    all.add(Quality.OTHERWISE);
    return all;
  }

  private static void check(
      String noun,
      Map<String, ? extends WithPlace<?>> stated,
      List<String> known,
      Problems problems) {
    stated.forEach(
        (name, limit) ->
            Suggestion.check(noun, new WithPlace<>(name, limit.place()), known, problems));
  }

  private static String name(PlannedColumn column) {
    return column.table() + "." + column.name().orElseThrow();
  }
}
