package org.consentry.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.consentry.data.SmallCounts;
import org.consentry.release.LinearSystem;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tries to compute exact counts from everything that recipients have of a study. It knows no shape
 * of our files but this: an object or a group of lines with a {@code read} is a sum of its other
 * counts, a {@code ...Total} is the sum of the counts beside it, and two groups that look alike, in
 * one release or in two, may be the same. It takes a number among what is excluded, read or emptied
 * as rounded to the nearest 10; a round number read is the sum of others and reveals nothing. Empty
 * cells of CSV data are counted.
 */
public final class Attacker {

  private static final Set<String> NOT_COUNTS = Set.of("schemaVersion", "bytes");
  private static final Set<String> ROUNDED =
      Set.of("NOT_PERMITTED", "NOT_IN_COHORT", "NOT_USABLE", "excludedTotal");

  /**
   * A count that is not exact, and the bounds the attacker finds.
   *
   * @param name the path of the count in its file, names joined by {@code /}
   */
  public record Unknown(String name, long low, long high) {}

  /** Counts that add up: names as in {@link LinearSystem}, by the last part of their path. */
  private record Group(String path, Map<String, String> cells, Map<String, String> shown) {}

  private final LinearSystem system = new LinearSystem();
  private final Set<String> inexact = new LinkedHashSet<>();
  private final List<Group> groups = new ArrayList<>();
  private int slacks;

  private Attacker() {}

  /** Attacks releases of a study: every JSON and CSV file in them. */
  public static List<Unknown> attack(Path... releases) {
    return answer(
        () -> {
          Attacker attacker = new Attacker();
          for (Path release : releases) {
            attacker.learnAll(release);
          }
          return attacker;
        });
  }

  /** Attacks a predicate alone. */
  public static List<Unknown> narrow(JsonNode predicate) {
    return answer(
        () -> {
          Attacker attacker = new Attacker();
          attacker.learn("", predicate);
          return attacker;
        });
  }

  /** First supposes that groups which look alike are one; where that cannot be, that none is. */
  private static List<Unknown> answer(Supplier<Attacker> informed) {
    Attacker supposing = informed.get();
    supposing.tieGroupsThatLookAlike();
    if (supposing.system.solve()) {
      return supposing.unknowns();
    }
    Attacker cautious = informed.get();
    if (!cautious.system.solve()) {
      throw new IllegalStateException("the files contradict each other");
    }
    return cautious.unknowns();
  }

  private List<Unknown> unknowns() {
    return inexact.stream()
        .map(name -> new Unknown(name, system.low(name), system.high(name)))
        .toList();
  }

  private void learnAll(Path release) {
    try (Stream<Path> walk = Files.walk(release)) {
      for (Path file : walk.filter(Files::isRegularFile).sorted().toList()) {
        String path = release.relativize(file).toString();
        String name = release.getFileName() + ":" + path;
        if (path.endsWith(".json")) {
          learn(name, JsonMapper.shared().readTree(Files.readString(file)));
        } else if (path.endsWith(".csv") && !path.startsWith("data/")) {
          learnLines(name, csv(file));
        }
      }
      countEmptyCells(release);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private void learn(String path, JsonNode node) {
    Group group = new Group(path, new LinkedHashMap<>(), new LinkedHashMap<>());
    List<String> parts = new ArrayList<>();
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      String name = path + "/" + member.getKey();
      if (member.getValue().isValueNode()) {
        if (cell(name, member.getKey(), member.getValue().asString(""), group)) {
          parts.add(name);
        }
      } else {
        learn(name, member.getValue());
        List<String> inner = countsOf(name, member.getValue(), group);
        parts.addAll(inner);
        String total = path + "/" + member.getKey() + "Total";
        if (node.has(member.getKey() + "Total") && !inner.isEmpty()) {
          cell(
              total,
              member.getKey() + "Total",
              node.get(member.getKey() + "Total").asString(""),
              group);
          system.sum(total, inner);
        }
      }
    }
    for (int i = 0; i < node.size() && node.isArray(); i++) {
      learn(path + "/" + i, node.get(i));
    }
    parts.removeIf(part -> part.endsWith("Total"));
    if (node.has("read") && parts.remove(path + "/read")) {
      system.sum(path + "/read", parts);
      groups.add(group);
    }
  }

  private List<String> countsOf(String path, JsonNode object, Group group) {
    List<String> names = new ArrayList<>();
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      String name = path + "/" + member.getKey();
      if (cell(name, member.getKey(), member.getValue().asString(""), group)) {
        names.add(name);
      }
    }
    return names;
  }

  /** Learns one value; false when it is no count. */
  private boolean cell(String path, String name, String shown, Group group) {
    if (NOT_COUNTS.contains(name)) {
      return false;
    }
    if (shown.equals(SmallCounts.FEW)) {
      boolean persons = path.contains("/subjects/");
      inexact.add(path);
      system.bound(path, 0, persons ? 10 : LinearSystem.MANY);
    } else if (shown.matches("\\d{1,15}")) {
      number(path, name, Long.parseLong(shown));
    } else {
      return false;
    }
    group.cells().put(name, path);
    group.shown().put(name, shown);
    return true;
  }

  private void number(String path, String name, long shown) {
    boolean rounded =
        ROUNDED.contains(name) || (name.endsWith("Cells") && shown > 0 && shown % 10 == 0);
    if (name.equals(Figure.Key.READ) && shown % 10 == 0) {
      system.bound(path, 0, LinearSystem.MANY);
    } else if (rounded) {
      inexact.add(path);
      system.bound(path, Math.max(11, shown - 5), shown + 4);
    } else {
      system.bound(path, shown, shown);
    }
  }

  /** Lines with a step and a count, such as those of the flow. */
  private void learnLines(String file, List<CSVRecord> lines) {
    Map<String, Group> byKey = new LinkedHashMap<>();
    for (CSVRecord line : lines) {
      if (line.isMapped("count") && line.isMapped("step")) {
        Map<String, String> words = line.toMap();
        String reason = words.getOrDefault("reason", "");
        String step = words.getOrDefault("step", "");
        String whole = step.equals("excluded") ? "excludedTotal" : step;
        String name = reason.isEmpty() ? whole : reason;
        String key = file + "/" + words.get("level") + "/" + words.get("table");
        Group group =
            byKey.computeIfAbsent(
                key, path -> new Group(path, new LinkedHashMap<>(), new LinkedHashMap<>()));
        cell(key + "/" + name, name, words.getOrDefault("count", ""), group);
      }
    }
    for (Group group : byKey.values()) {
      List<String> parts = new ArrayList<>(group.cells().values());
      String total = group.path() + "/excludedTotal";
      if (parts.remove(total)) {
        List<String> excluded = new ArrayList<>(parts);
        excluded.remove(group.path() + "/read");
        excluded.remove(group.path() + "/released");
        system.sum(total, excluded);
      }
      if (parts.remove(group.path() + "/read")) {
        system.sum(group.path() + "/read", parts);
      }
      groups.add(group);
    }
  }

  /** What is read may be the same in two places; then every count of one is that of the other. */
  private void tieGroupsThatLookAlike() {
    for (int i = 0; i < groups.size(); i++) {
      for (int j = i + 1; j < groups.size(); j++) {
        tie(groups.get(i), groups.get(j));
      }
    }
  }

  private void tie(Group one, Group other) {
    Set<String> common = new TreeSet<>(one.shown().keySet());
    common.retainAll(other.shown().keySet());
    boolean alike =
        common.stream()
            .filter(name -> !name.equals("read") && !name.endsWith("Total"))
            .allMatch(name -> Objects.equals(one.shown().get(name), other.shown().get(name)));
    Set<String> names = new TreeSet<>(one.shown().keySet());
    names.addAll(other.shown().keySet());
    names.removeIf(name -> name.endsWith("Total"));
    if (alike && common.containsAll(names)) {
      common.forEach(
          name ->
              system.equal(
                  Objects.requireNonNull(one.cells().get(name)),
                  Objects.requireNonNull(other.cells().get(name))));
    }
  }

  /** Empty cells of a column are withheld, blanked or missing. */
  private void countEmptyCells(Path release) throws IOException {
    JsonNode manifest =
        JsonMapper.shared().readTree(Files.readString(release.resolve("manifest.json")));
    JsonNode tables = manifest.path("predicate").path("tables");
    for (int t = 0; t < tables.size(); t++) {
      JsonNode columns = tables.get(t).path("columns");
      for (int c = 0; c < columns.size(); c++) {
        JsonNode released = columns.get(c).path("released");
        long empty =
            empty(release, tables.get(t).path("files"), released.path("name").asString(""));
        List<String> parts = new ArrayList<>();
        for (String kind : List.of("withheldCells", "blankedCells")) {
          if (released.has(kind)) {
            parts.add(
                release.getFileName()
                    + ":manifest.json/predicate/tables/"
                    + t
                    + "/columns/"
                    + c
                    + "/released/"
                    + kind);
          }
        }
        if (empty >= 0 && !parts.isEmpty()) {
          String missing = "missing/" + slacks++;
          system.bound(missing, 0, LinearSystem.MANY);
          parts.add(missing);
          String total = "empty/" + slacks;
          system.bound(total, empty, empty);
          system.sum(total, parts);
        }
      }
    }
  }

  private static long empty(Path release, JsonNode files, String column) throws IOException {
    long empty = 0;
    for (JsonNode file : files) {
      if (!file.path("format").asString("").equals("csv") || column.isEmpty()) {
        return -1;
      }
      for (CSVRecord row : csv(release.resolve(file.path("name").asString("")))) {
        empty += row.get(column).isEmpty() ? 1 : 0;
      }
    }
    return empty;
  }

  private static List<CSVRecord> csv(Path file) throws IOException {
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser parser = CSVParser.parse(file, StandardCharsets.UTF_8, format)) {
      return parser.getRecords();
    }
  }
}
