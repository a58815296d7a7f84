package org.consentry.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.consentry.problem.CountWords;

/**
 * What became of the people and rows of a run, as the run record counts them. The numbers are exact
 * and for the clinic alone; they are those of the manifest's internal edition.
 */
final class ResultTable {

  private static final List<String> COLUMNS =
      List.of("read", "not permitted", "not in cohort", "not usable", "released");

  private static final String RELEASED = " released";
  private static final String ROWS = " rows";
  private static final String PEOPLE = "subjects";

  private final Map<String, Long> counts;

  ResultTable(Map<String, Long> counts) {
    this.counts = counts;
  }

  /** Lines of equal width, the headings first; none when nothing was counted. */
  List<String> lines() {
    List<String> names = names();
    if (names.isEmpty()) {
      return List.of();
    }
    List<List<String>> lines = new ArrayList<>();
    lines.add(Stream.concat(Stream.of(""), COLUMNS.stream()).toList());
    for (String name : names) {
      List<String> cells = new ArrayList<>(List.of(shown(name)));
      COLUMNS.forEach(column -> cells.add(text(name, column)));
      lines.add(cells);
    }
    return lines.stream().map(line -> line(line, lines)).toList();
  }

  /** Which rows could not be used, a line for each table that has some. */
  List<String> rejected() {
    return names().stream()
        .filter(name -> !reasons(name).isEmpty())
        .map(name -> shown(name) + ": " + CountWords.of(reasons(name)))
        .toList();
  }

  /** One object a table for programs. */
  List<Map<String, ?>> objects() {
    List<Map<String, ?>> objects = new ArrayList<>();
    for (String name : names()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("table", shown(name));
      if (isRead(name)) {
        fields.put("read", count(name, "read"));
        fields.put("notPermitted", count(name, "not permitted"));
        fields.put("notInCohort", count(name, "not in cohort"));
        fields.put("notUsable", count(name, "not usable"));
      }
      fields.put("released", count(name, "released"));
      fields.put("rejected", reasons(name));
      objects.add(fields);
    }
    return objects;
  }

  /** The subjects, then the tables by name. */
  private List<String> names() {
    List<String> names = new ArrayList<>();
    counts.keySet().stream()
        .filter(key -> key.endsWith(RELEASED))
        .map(key -> key.substring(0, key.length() - RELEASED.length()))
        .forEach(names::add);
    if (names.remove(PEOPLE)) {
      names.add(0, PEOPLE);
    }
    return names;
  }

  private static String shown(String name) {
    return name.endsWith(ROWS) ? name.substring(0, name.length() - ROWS.length()) : name;
  }

  /** Whether rows were read for it; none are for a table that is computed from the release. */
  private boolean isRead(String name) {
    return counts.containsKey(name + " read");
  }

  private String text(String name, String column) {
    return counts.containsKey(name + " " + column) ? CountWords.of(count(name, column)) : "";
  }

  private long count(String name, String column) {
    return counts.getOrDefault(name + " " + column, 0L);
  }

  private Map<String, Long> reasons(String name) {
    String prefix = name + " rejected ";
    Map<String, Long> reasons = new TreeMap<>();
    for (String key : new TreeSet<>(counts.keySet())) {
      if (key.startsWith(prefix)) {
        reasons.put(key.substring(prefix.length()), counts.getOrDefault(key, 0L));
      }
    }
    return reasons;
  }

  private static String line(List<String> cells, List<List<String>> all) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < cells.size(); column++) {
      int at = column;
      int width = all.stream().mapToInt(each -> each.get(at).length()).max().orElse(0);
      String pad = " ".repeat(width - cells.get(column).length());
      line.append(column == 0 ? "  " + cells.get(0) + pad : "  " + pad + cells.get(column));
    }
    return line.toString();
  }
}
