package org.consentry.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.consentry.data.Change;
import org.consentry.data.Change.Part;
import org.consentry.data.Change.Weight;

/**
 * What differs between two jobs, two mappings or two other files that people write: in meaning, not
 * in lines. Order, comments, quotes and written defaults do not matter.
 */
public final class FileDiff {

  private final List<Change> changes = new ArrayList<>();

  private FileDiff() {}

  /** Compares two jobs. */
  public static List<Change> jobs(Node.Mapping earlier, Node.Mapping later) {
    FileDiff diff = new FileDiff();
    diff.compare(
        "job",
        WrittenValues.of(Job.class, earlier, Set.of()),
        WrittenValues.of(Job.class, later, Set.of()),
        Part.AUTHORITY);
    return diff.changes;
  }

  /** Compares two files whose meaning is not known here. */
  public static List<Change> others(Node.Mapping earlier, Node.Mapping later) {
    FileDiff diff = new FileDiff();
    diff.compare("file", WrittenValues.of(earlier), WrittenValues.of(later), Part.RULES);
    return diff.changes;
  }

  /** Compares two mappings, table by table and column by column. */
  public static List<Change> mappings(Node.Mapping earlier, Node.Mapping later) {
    FileDiff diff = new FileDiff();
    Set<String> tables = Set.of("tables");
    diff.compare(
        "mapping",
        WrittenValues.of(Mapping.class, earlier, tables),
        WrittenValues.of(Mapping.class, later, tables),
        Part.RULES);
    diff.both(
        below(earlier, "tables"),
        below(later, "tables"),
        (name, table) -> diff.whole(Weight.COMPATIBLE, name, "table", "", columnsOf(table)),
        (name, table) -> diff.whole(Weight.BREAKING, name, "table", columnsOf(table), ""),
        diff::table);
    return diff.changes;
  }

  /** What is done with something that only one of two files has. */
  private interface One {
    void accept(String name, Node node);
  }

  /** What is done with something that both have. */
  private interface Both {
    void accept(String name, Node before, Node after);
  }

  private void both(
      Map<String, Node> before, Map<String, Node> after, One added, One removed, Both changed) {
    after.forEach(
        (name, node) -> {
          if (before.containsKey(name)) {
            changed.accept(name, Objects.requireNonNull(before.get(name)), node);
          } else {
            added.accept(name, node);
          }
        });
    before.forEach(
        (name, node) -> {
          if (!after.containsKey(name)) {
            removed.accept(name, node);
          }
        });
  }

  private static Map<String, Node> below(Node node, String key) {
    Map<String, Node> found = new LinkedHashMap<>();
    if (node instanceof Node.Mapping mapping) {
      mapping
          .entry(key)
          .map(Node.Entry::value)
          .filter(Node.Mapping.class::isInstance)
          .ifPresent(
              value ->
                  ((Node.Mapping) value)
                      .entries()
                      .forEach(entry -> found.put(entry.key(), entry.value())));
    }
    return found;
  }

  private static String columnsOf(Node table) {
    return String.join(", ", below(table, "columns").keySet());
  }

  private void table(String name, Node before, Node after) {
    Set<String> columns = Set.of("columns");
    for (Change change :
        difference(
            name,
            WrittenValues.of(TableRule.class, (Node.Mapping) before, columns),
            WrittenValues.of(TableRule.class, (Node.Mapping) after, columns),
            Part.RULES)) {
      Weight weight = change.what().equals("key") ? Weight.BREAKING : Weight.COMPATIBLE;
      whole(weight, change.place(), change.what(), change.before(), change.after());
    }
    Map<String, Node> then = MappedColumns.of(below(before, "columns"));
    Map<String, Node> now = MappedColumns.of(below(after, "columns"));
    Set<String> gone = MappedColumns.released(then);
    gone.removeAll(MappedColumns.released(now));
    both(
        then,
        now,
        (column, rule) ->
            whole(Weight.COMPATIBLE, name + "." + column, "column", "", MappedColumns.rule(rule)),
        (column, rule) ->
            whole(
                weight(gone, column, rule),
                name + "." + column,
                "column",
                MappedColumns.rule(rule),
                ""),
        (column, old, rule) -> column(name + "." + column, weight(gone, column, old), old, rule));
  }

  private static Weight weight(Set<String> gone, String column, Node rule) {
    return gone.contains(MappedColumns.name(column, rule)) ? Weight.BREAKING : Weight.COMPATIBLE;
  }

  private void column(String place, Weight lost, Node before, Node after) {
    String old = MappedColumns.operator(before);
    String now = MappedColumns.operator(after);
    if (!old.equals(now)) {
      whole(lost, place, "rule", MappedColumns.rule(before), MappedColumns.rule(after));
    }
    boolean ends = old.equals(OutputRule.DROP) != now.equals(OutputRule.DROP);
    Map<String, String> then = MappedColumns.values(before);
    Map<String, String> today = MappedColumns.values(after);
    if (!old.equals(now)) {
      Set<String> common = new LinkedHashSet<>(OutputRule.commonKeys());
      common.removeAll(ends ? MappedColumns.ONLY_RELEASED : Set.of());
      common.remove("do");
      then = MappedColumns.only(then, common);
      today = MappedColumns.only(today, common);
    }
    for (Change change : difference(place, then, today, Part.RULES)) {
      Weight weight =
          switch (change.what()) {
            case "type" -> Weight.BREAKING;
            case "as" -> lost;
            case "code", "domain" -> Weight.BREAKING;
            default -> Weight.COMPATIBLE;
          };
      whole(weight, change.place(), change.what(), change.before(), change.after());
    }
  }

  private void whole(Weight weight, String place, String what, String before, String after) {
    if (!before.equals(after)) {
      changes.add(new Change(Part.RULES, weight, place, what, before, after));
    }
  }

  private void compare(
      String place, Map<String, String> before, Map<String, String> after, Part part) {
    changes.addAll(difference(place, before, after, part));
  }

  private static List<Change> difference(
      String place, Map<String, String> before, Map<String, String> after, Part part) {
    List<Change> found = new ArrayList<>();
    Set<String> paths = new LinkedHashSet<>(after.keySet());
    paths.addAll(before.keySet());
    for (String path : paths) {
      String old = before.getOrDefault(path, "");
      String now = after.getOrDefault(path, "");
      if (!old.equals(now)) {
        found.add(new Change(part, Weight.COMPATIBLE, place, words(path), old, now));
      }
    }
    return found;
  }

  /** A path as people write it; the word of a list, at its end, is shown as the value alone. */
  private static String words(String path) {
    int last = path.lastIndexOf(WrittenValues.ITEM);
    String named =
        last >= 0 && path.indexOf(WrittenValues.SEPARATOR, last) < 0
            ? path.substring(0, last)
            : path;
    return Arrays.stream(named.split(WrittenValues.SEPARATOR, -1))
        .map(name -> name.replace(WrittenValues.ITEM, " "))
        .collect(Collectors.joining("."));
  }
}
