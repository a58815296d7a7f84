package org.consentry.release;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.consentry.data.Change;
import org.consentry.data.Change.Part;
import org.consentry.data.Change.Weight;
import org.consentry.data.Effect;
import org.consentry.data.PlannedColumn;
import tools.jackson.databind.JsonNode;

/**
 * A released table as programs that load it know it: what a later release may add to, and may take
 * away from or change only with a person's word.
 *
 * @param name name of the table
 * @param key released columns that make a row unique; may be empty
 * @param formats formats of its files, such as {@code csv}, or {@code csv.age} when they are
 *     encrypted
 * @param columns its columns by name, in order
 */
public record TableShape(
    String name, List<String> key, Set<String> formats, Map<String, Column> columns) {

  private static final String CODES = "pseudonymization";

  public TableShape {
    key = List.copyOf(key);
    formats = Collections.unmodifiableSet(new TreeSet<>(formats));
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
  }

  /**
   * A released column.
   *
   * @param type its type, as {@code decimal(10,2)}
   * @param codes how its codes are made; empty where its values are no codes for identifiers
   */
  public record Column(String type, String codes) {}

  /**
   * A table as a plan releases it.
   *
   * @param columns its columns; those that are not released do not matter
   */
  public static TableShape of(
      String name, List<String> key, Set<String> formats, List<PlannedColumn> columns) {
    Map<String, Column> released = new LinkedHashMap<>();
    for (PlannedColumn column : columns) {
      column
          .released()
          .ifPresent(
              output ->
                  released.put(
                      output.name(),
                      new Column(
                          output.type().toString(),
                          column.effect() instanceof Effect.Code
                              ? codes(column.note().parameters())
                              : "")));
    }
    return new TableShape(name, key, formats, released);
  }

  /** The tables of a manifest's predicate, in order. */
  static List<TableShape> of(JsonNode predicate) {
    List<TableShape> tables = new ArrayList<>();
    for (JsonNode table : predicate.path("tables")) {
      Map<String, Column> columns = new LinkedHashMap<>();
      for (JsonNode column : table.path("columns")) {
        JsonNode released = column.path("released");
        if (released.isObject()) {
          columns.put(
              ManifestDiff.text(released.path("name")),
              new Column(
                  ManifestDiff.text(released.path("type")),
                  column.path("technique").asString("").equals(CODES) ? codes(column) : ""));
        }
      }
      tables.add(
          new TableShape(
              ManifestDiff.text(table.path("name")),
              texts(table.path("key")),
              new LinkedHashSet<>(
                  table.path("files").valueStream().map(TableShape::format).toList()),
              columns));
    }
    return tables;
  }

  private static String format(JsonNode file) {
    JsonNode encryption = file.path(ManifestStatement.ENCRYPTION);
    String ending = encryption.isMissingNode() ? "" : "." + ManifestDiff.text(encryption);
    return text(file, "format") + ending;
  }

  private static List<String> texts(JsonNode list) {
    return list.valueStream().map(ManifestDiff::text).toList();
  }

  private static String text(JsonNode object, String name) {
    return ManifestDiff.text(object.path(name));
  }

  private static String codes(JsonNode column) {
    Map<String, String> parameters = new TreeMap<>();
    column
        .path("parameters")
        .properties()
        .forEach(one -> parameters.put(one.getKey(), ManifestDiff.text(one.getValue())));
    return codes(parameters);
  }

  private static String codes(Map<String, String> parameters) {
    List<String> words = new ArrayList<>();
    new TreeMap<>(parameters).forEach((name, value) -> words.add(name + " " + value));
    return String.join(", ", words);
  }

  /** What differs between the tables of two releases, in the order of the later. */
  public static List<Change> changes(Collection<TableShape> earlier, Collection<TableShape> later) {
    Map<String, TableShape> before = byName(earlier);
    Map<String, TableShape> after = byName(later);
    List<Change> changes = new ArrayList<>();
    for (TableShape table : after.values()) {
      Optional.ofNullable(before.get(table.name()))
          .ifPresentOrElse(
              old -> table.compare(old, changes),
              () ->
                  changes.add(change(Weight.COMPATIBLE, table.name(), "table", "", table.words())));
    }
    for (TableShape table : before.values()) {
      if (!after.containsKey(table.name())) {
        changes.add(change(Weight.BREAKING, table.name(), "table", table.words(), ""));
      }
    }
    return changes;
  }

  private static Map<String, TableShape> byName(Collection<TableShape> tables) {
    Map<String, TableShape> byName = new LinkedHashMap<>();
    tables.forEach(table -> byName.put(table.name(), table));
    return byName;
  }

  private String words() {
    return columns.isEmpty() ? "no columns" : String.join(", ", columns.keySet());
  }

  private void compare(TableShape old, List<Change> changes) {
    if (!key.equals(old.key)) { // a table whose rows repeated their key has none in its manifest
      Weight weight = old.key.isEmpty() ? Weight.COMPATIBLE : Weight.BREAKING;
      changes.add(change(weight, name, "key", listed(old.key), listed(key)));
    }
    for (String format : old.formats) {
      if (!formats.contains(format)) {
        changes.add(change(Weight.BREAKING, name, "format of files", format, ""));
      }
    }
    for (String format : formats) {
      if (!old.formats.contains(format)) {
        changes.add(change(Weight.COMPATIBLE, name, "format of files", "", format));
      }
    }
    columns.forEach((column, now) -> compare(old, column, now, changes));
    old.columns.forEach(
        (column, then) -> {
          if (!columns.containsKey(column)) {
            changes.add(change(Weight.BREAKING, name + "." + column, "column", then.type(), ""));
          }
        });
    order(old, changes);
  }

  private void compare(TableShape old, String column, Column now, List<Change> changes) {
    String place = name + "." + column;
    if (!old.columns.containsKey(column)) {
      changes.add(change(Weight.COMPATIBLE, place, "column", "", now.type()));
      return;
    }
    Column then = Objects.requireNonNull(old.columns.get(column));
    if (!then.type().equals(now.type())) {
      changes.add(change(Weight.BREAKING, place, "type", then.type(), now.type()));
    }
    if (!then.codes().equals(now.codes())) {
      changes.add(change(Weight.BREAKING, place, "codes", coded(then), coded(now)));
    }
  }

  private static String coded(Column column) {
    return column.codes().isEmpty() ? "none" : column.codes();
  }

  /** The order of the columns that both have; programs that count columns notice it. */
  private void order(TableShape old, List<Change> changes) {
    List<String> now = new ArrayList<>(columns.keySet());
    now.retainAll(old.columns.keySet());
    List<String> then = new ArrayList<>(old.columns.keySet());
    then.retainAll(columns.keySet());
    if (!now.equals(then)) {
      changes.add(
          change(
              Weight.COMPATIBLE,
              name,
              "order of columns",
              String.join(", ", then),
              String.join(", ", now)));
    }
  }

  private static String listed(List<String> names) {
    return names.isEmpty() ? "none" : String.join(", ", names);
  }

  private static Change change(
      Weight weight, String place, String what, String before, String after) {
    return new Change(Part.STRUCTURE, weight, place, what, before, after);
  }
}
