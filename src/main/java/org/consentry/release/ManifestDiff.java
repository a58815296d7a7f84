package org.consentry.release;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.consentry.data.Change;
import org.consentry.data.Change.Part;
import org.consentry.data.Change.Weight;
import tools.jackson.databind.JsonNode;

/**
 * What differs between two manifests, both of the recipient's edition.
 *
 * <p><b>Security promise:</b> it shows words and figures as the two manifests have them. No number
 * is computed from two figures: the difference of two rounded counts could be less than what each
 * of them protects.
 */
final class ManifestDiff {

  /** Members that differ in every release, or only repeat others. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "schemaVersion",
          "edition",
          "status",
          "release/name",
          "release/run",
          "release/createdAt",
          "release/ledgerHead",
          "release/previous",
          "consent/decidedAt",
          "figures",
          "tables",
          "identifiers",
          "reasons",
          ReleaseChanges.MEMBER);

  /** Members of tables and columns that {@link TableShape} compares, or that only repeat others. */
  private static final Set<String> OF_SHAPE =
      Set.of("name", "key", "columns", "files", "type", "technique", "done", "survives");

  /** Members by which an object of a list is found again. */
  private static final List<String> IDENTITY = List.of("code", "column", "value", "name", "table");

  /** Between the names of a path; no name or value has it. */
  private static final String SEPARATOR = "\u0001";

  private static final Map<String, String> WORDS =
      Map.of(
          "absent", "reason of empty cells",
          "description", "meaning",
          "maxLength", "longest value",
          "why", "reason it is needed",
          "source", "source column",
          "sha256", "SHA-256");

  private final List<Change> changes = new ArrayList<>();

  private ManifestDiff() {}

  /**
   * Compares the predicates of two manifests.
   *
   * @return the changes by their part, in the order of the manifest
   */
  static List<Change> of(JsonNode earlier, JsonNode later) {
    ManifestDiff diff = new ManifestDiff();
    diff.changes.addAll(TableShape.changes(TableShape.of(earlier), TableShape.of(later)));
    diff.tables(byName(earlier.path("tables"), "name"), byName(later.path("tables"), "name"));
    Map<String, String> before = new LinkedHashMap<>();
    Map<String, String> after = new LinkedHashMap<>();
    flatten("", earlier, LEFT_OUT, before);
    flatten("", later, LEFT_OUT, after);
    diff.compare(before, after, (path, old, now) -> general(path, old, now));
    return diff.changes.stream().sorted(Comparator.comparing(Change::part)).toList();
  }

  /** Makes a change of the member that differs. */
  private interface Maker {
    Change make(String path, String before, String after);
  }

  private void compare(Map<String, String> before, Map<String, String> after, Maker maker) {
    Set<String> paths = new LinkedHashSet<>(after.keySet());
    paths.addAll(before.keySet());
    for (String path : paths) {
      String old = before.getOrDefault(path, "");
      String now = after.getOrDefault(path, "");
      if (!old.equals(now)) {
        changes.add(maker.make(path, old, now));
      }
    }
  }

  private void tables(Map<String, JsonNode> before, Map<String, JsonNode> after) {
    after.forEach(
        (name, table) -> {
          if (before.containsKey(name)) {
            table(name, Objects.requireNonNull(before.get(name)), table);
          }
        });
  }

  private void table(String name, JsonNode before, JsonNode after) {
    compare(
        members(before),
        members(after),
        (path, old, now) ->
            path.startsWith("rows" + SEPARATOR)
                ? change(Part.COUNTS, name, "rows " + counted(path.substring(5)), old, now)
                : change(Part.STRUCTURE, name, words(path), old, now));
    Map<String, JsonNode> released = released(before);
    released(after)
        .forEach(
            (column, now) -> {
              if (released.containsKey(column)) {
                column(name + "." + column, Objects.requireNonNull(released.get(column)), now);
              }
            });
    unreleased(name, before, after);
  }

  private static Map<String, String> members(JsonNode object) {
    Map<String, String> members = new LinkedHashMap<>();
    flatten("", object, OF_SHAPE, members);
    return members;
  }

  private void column(String place, JsonNode before, JsonNode after) {
    String oldRule = rule(before);
    String newRule = rule(after);
    if (!oldRule.equals(newRule)) {
      changes.add(change(Part.RULES, place, "rule", oldRule, newRule));
    } else if (!text(before.path("done")).equals(text(after.path("done")))) {
      changes.add(
          change(Part.RULES, place, "rule", text(before.path("done")), text(after.path("done"))));
    }
    for (String member : List.of("source", "role", "why")) {
      String old = text(before.path(member));
      String now = text(after.path(member));
      if (!old.equals(now)) {
        changes.add(change(Part.RULES, place, words(member), old, now));
      }
    }
    compare(
        members(before.path("released")),
        members(after.path("released")),
        (path, old, now) ->
            path.endsWith("Cells")
                ? change(Part.COUNTS, place, words(path), old, now)
                : change(Part.VALUES, place, words(path), old, now));
  }

  /** The operator and its parameters. */
  private static String rule(JsonNode column) {
    String parameters =
        column.path("parameters").properties().stream()
            .map(one -> plain(one.getKey()) + " " + text(one.getValue()))
            .collect(Collectors.joining(", "));
    return text(column.path("operator")) + (parameters.isEmpty() ? "" : " (" + parameters + ")");
  }

  /** Columns of the source of which nothing is released. */
  private void unreleased(String table, JsonNode before, JsonNode after) {
    Map<String, String> old = notReleased(before);
    Map<String, String> now = notReleased(after);
    compare(
        old,
        now,
        (source, then, today) ->
            change(Part.RULES, table, "column of the source that is not released", then, today));
  }

  private static Map<String, String> notReleased(JsonNode table) {
    Map<String, String> sources = new LinkedHashMap<>();
    for (JsonNode column : table.path("columns")) {
      if (!column.path("released").isObject()) {
        String source = text(column.path("source"));
        sources.put(source, source);
      }
    }
    return sources;
  }

  private static Map<String, JsonNode> released(JsonNode table) {
    Map<String, JsonNode> columns = new LinkedHashMap<>();
    for (JsonNode column : table.path("columns")) {
      if (column.path("released").isObject()) {
        columns.put(text(column.path("released").path("name")), column);
      }
    }
    return columns;
  }

  private static Map<String, JsonNode> byName(JsonNode list, String name) {
    Map<String, JsonNode> byName = new LinkedHashMap<>();
    list.forEach(item -> byName.put(text(item.path(name)), item));
    return byName;
  }

  /** A change outside the tables: the first words of the path are its part and place. */
  private static Change general(String path, String before, String after) {
    List<String> names = new ArrayList<>(Arrays.asList(path.split(SEPARATOR, -1)));
    String first = names.get(0).split("\n", 2)[0];
    if (first.equals("consent") && names.get(1).equals("subjects")) {
      String what = String.join(SEPARATOR, names.subList(2, names.size()));
      return change(Part.COUNTS, "people", counted(what), before, after);
    }
    Part part =
        switch (first) {
          case "authority", "consent", "acknowledged", "warnings" -> Part.AUTHORITY;
          case "risk", "scan", "scanned" -> Part.RISK;
          default -> Part.ORIGIN;
        };
    if (names.size() > 1 && (first.equals("authority") || first.equals("inputs"))) {
      names.remove(0);
    }
    String place = names.size() > 1 ? name(names.remove(0)) : "release";
    return change(part, place, words(String.join(SEPARATOR, names)), before, after);
  }

  /** The exclusion {@code NOT_USABLE} is excluded, NOT_USABLE. */
  private static String counted(String path) {
    return String.join(", ", path.replace("excludedTotal", "excluded").split(SEPARATOR, -1));
  }

  /** Every single member below a node, by its path; of a list of words each word is one. */
  private static void flatten(
      String path, JsonNode node, Set<String> without, Map<String, String> found) {
    if (without.contains(path.replace(SEPARATOR, "/")) || isDay(path)) {
      return;
    }
    if (node.isObject()) {
      node.properties()
          .forEach(
              member -> flatten(below(path, member.getKey()), member.getValue(), without, found));
    } else if (node.isArray()) {
      for (JsonNode item : node) {
        String name = item.isObject() ? identity(item) : text(item);
        flatten(unused(path + "\n" + name, found), item, without, found);
      }
    } else if (!text(node).isEmpty()) {
      found.put(path, text(node));
    }
  }

  private static String below(String path, String name) {
    return path.isEmpty() ? plain(name) : path + SEPARATOR + plain(name);
  }

  /** When a figure was counted is no news beside the figure. */
  private static boolean isDay(String path) {
    return path.endsWith("CountedOn") || path.endsWith("countedOn");
  }

  private static String unused(String path, Map<String, String> found) {
    String unused = path;
    for (int number = 2; found.containsKey(unused); number++) {
      unused = path + " " + number;
    }
    return unused;
  }

  private static String identity(JsonNode item) {
    return IDENTITY.stream()
        .filter(item::has)
        .map(name -> text(item.path(name)))
        .collect(Collectors.joining(" "));
  }

  /** A path in words; a word of a list, at its end, is shown as the value alone. */
  private static String words(String path) {
    int last = path.lastIndexOf('\n');
    String named = last >= 0 && path.indexOf(SEPARATOR, last) < 0 ? path.substring(0, last) : path;
    return Arrays.stream(named.split(SEPARATOR, -1))
        .map(ManifestDiff::name)
        .collect(Collectors.joining(", "));
  }

  private static String name(String name) {
    int item = name.indexOf('\n');
    return item < 0 ? word(name) : word(name.substring(0, item)) + " " + name.substring(item + 1);
  }

  private static String word(String name) {
    return WORDS.getOrDefault(
        name, plain(name).replaceAll("(?<=\\p{Ll})(?=\\p{Lu})", " ").toLowerCase(Locale.ROOT));
  }

  private static Change change(Part part, String place, String what, String before, String after) {
    return new Change(part, Weight.COMPATIBLE, place, what, before, after);
  }

  /** A value in one line, without what could steer a terminal. */
  static String text(JsonNode node) {
    if (node.isArray()) {
      return StreamSupport.stream(node.spliterator(), false)
          .map(ManifestDiff::text)
          .collect(Collectors.joining(", "));
    }
    return plain(node.isObject() ? node.toString() : node.asString(""));
  }

  private static String plain(String text) {
    return text.replaceAll("\\p{C}", " ").strip();
  }
}
