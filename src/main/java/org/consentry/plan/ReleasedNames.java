package org.consentry.plan;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.consentry.config.Job;
import org.consentry.config.Mapping;
import org.consentry.config.SafeWord;
import org.consentry.config.SpansRule;
import org.consentry.config.Suggestion;
import org.consentry.config.WithPlace;
import org.consentry.problem.Problems;

/**
 * Names of the columns that a mapping releases, whatever else is wrong with it.
 *
 * @param byTable the columns of every released table that is read, each as {@code table.column}
 * @param computed those of the released tables that are computed
 */
record ReleasedNames(Map<String, List<String>> byTable, List<String> computed) {

  /**
   * Reports what of a job's {@code tables} names no table; returns the released ones, without those
   * that are computed.
   */
  static Set<String> tables(Job job, Mapping mapping, Problems problems) {
    Set<String> named = new LinkedHashSet<>();
    Set<String> meant = new LinkedHashSet<>();
    Set<String> known = new LinkedHashSet<>(mapping.tables().keySet());
    known.addAll(mapping.spans().keySet());
    for (WithPlace<String> table : job.tables()) {
      if (!known.contains(table.value())) {
        problems.error(
            "UNKNOWN_TABLE",
            table.place(),
            "the mapping has no table " + SafeWord.word(table.value()),
            Suggestion.hint(table.value(), known));
        Suggestion.nearest(table.value(), known).ifPresent(meant::add);
      } else if (!named.add(table.value())) {
        problems.error(
            "DUPLICATE_TABLE",
            table.place(),
            "table '" + table.value() + "' is named twice",
            "remove one of the two");
      }
    }
    named.addAll(meant);
    named.removeAll(mapping.spans().keySet());
    return job.tables().isEmpty() ? mapping.tables().keySet() : named;
  }

  static ReleasedNames of(Job job, Mapping mapping) {
    Map<String, List<String>> names = new LinkedHashMap<>();
    Set<String> released = tables(job, mapping, new Problems());
    mapping
        .tables()
        .forEach(
            (name, table) -> {
              if (released.contains(name)) {
                names.put(name, of(name, table.releasedNames()));
              }
            });
    List<String> computed =
        spans(job, mapping).entrySet().stream()
            .flatMap(table -> of(table.getKey(), table.getValue().columns().keySet()).stream())
            .toList();
    return new ReleasedNames(names, computed);
  }

  private static List<String> of(String table, Collection<String> columns) {
    return columns.stream().map(column -> table + "." + column).toList();
  }

  /** The computed tables that a job releases: those it names, or all where it names no table. */
  static Map<String, SpansRule> spans(Job job, Mapping mapping) {
    Map<String, SpansRule> spans = new LinkedHashMap<>(mapping.spans());
    if (!job.tables().isEmpty()) {
      spans.keySet().retainAll(job.tables().stream().map(WithPlace::value).toList());
    }
    return spans;
  }

  /** The columns of all released tables. */
  List<String> all() {
    return Stream.concat(read().stream(), computed.stream()).toList();
  }

  /** Those of the tables that are read. */
  List<String> read() {
    return byTable.values().stream().flatMap(List::stream).toList();
  }
}
