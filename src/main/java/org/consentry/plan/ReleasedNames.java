package org.consentry.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.consentry.config.DeriveRule;
import org.consentry.config.Job;
import org.consentry.config.Mapping;
import org.consentry.config.OutputRule;
import org.consentry.config.SafeWord;
import org.consentry.config.Suggestion;
import org.consentry.config.TableRule;
import org.consentry.config.WithPlace;
import org.consentry.problem.Problems;

/**
 * Names of the columns that a mapping releases, whatever else is wrong with it.
 *
 * @param byTable the columns of every released table, each as {@code table.column}
 */
record ReleasedNames(Map<String, List<String>> byTable) {

  /** Reports what of a job's {@code tables} names no table; returns the released ones. */
  static Set<String> tables(Job job, Mapping mapping, Problems problems) {
    Set<String> released = new LinkedHashSet<>();
    Set<String> meant = new LinkedHashSet<>();
    for (WithPlace<String> table : job.tables()) {
      if (!mapping.tables().containsKey(table.value())) {
        problems.error(
            "UNKNOWN_TABLE",
            table.place(),
            "the mapping has no table " + SafeWord.word(table.value()),
            Suggestion.hint(table.value(), mapping.tables().keySet()));
        Suggestion.nearest(table.value(), mapping.tables().keySet()).ifPresent(meant::add);
      } else if (!released.add(table.value())) {
        problems.error(
            "DUPLICATE_TABLE",
            table.place(),
            "table '" + table.value() + "' is named twice",
            "remove one of the two");
      }
    }
    released.addAll(meant);
    return job.tables().isEmpty() ? mapping.tables().keySet() : released;
  }

  static ReleasedNames of(Mapping mapping, Collection<String> released) {
    Map<String, List<String>> names = new LinkedHashMap<>();
    mapping
        .tables()
        .forEach(
            (name, table) -> {
              if (released.contains(name)) {
                names.put(name, of(name, table));
              }
            });
    return new ReleasedNames(names);
  }

  private static List<String> of(String name, TableRule table) {
    List<String> names = new ArrayList<>();
    table
        .columns()
        .forEach(
            (column, rule) ->
                rule.outputs().stream()
                    .filter(OutputRule::isReleased)
                    .map(output -> output.as().map(WithPlace::value).orElse(column))
                    .forEach(released -> names.add(name + "." + released)));
    for (DeriveRule rule : table.derive()) {
      rule.release().forEach(column -> names.add(name + "." + column.as().value()));
    }
    return names;
  }

  List<String> all() {
    return byTable.values().stream().flatMap(List::stream).toList();
  }
}
