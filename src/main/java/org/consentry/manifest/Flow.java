package org.consentry.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * Who was left out and why, from read to released. Made from the finished statement, so that the
 * numbers are those of the manifest, masked where the manifest masks them.
 *
 * @param level {@code subjects} or {@code rows}
 * @param table name of the table; empty for subjects
 * @param step {@code read}, {@code excluded}, {@code rejected} or {@code released}
 * @param reason of an exclusion or rejection; empty otherwise
 * @param count a number, or the word that stands for it
 * @param meaning the reason in plain words; empty otherwise
 */
record Flow(String level, String table, String step, String reason, String count, String meaning) {

  static List<Flow> of(JsonNode statement) {
    JsonNode predicate = statement.path("predicate");
    JsonNode words = predicate.path("reasons");
    List<Flow> flow = new ArrayList<>();
    add(flow, "subjects", "", predicate.path("consent").path("subjects"), words);
    for (JsonNode table : predicate.path("tables")) {
      add(flow, "rows", Page.word(table, "name"), table.path("rows"), words);
    }
    return flow;
  }

  private static void add(
      List<Flow> flow, String level, String table, JsonNode counts, JsonNode words) {
    flow.add(new Flow(level, table, "read", "", Page.word(counts, "read"), ""));
    for (String step : List.of("excluded", "rejected")) {
      for (var entry : counts.path(step).properties()) {
        String reason = entry.getKey();
        String plain = reason.toLowerCase(Locale.ROOT).replace('_', ' ');
        String meaning = words.has(reason) ? Page.word(words, reason) : plain;
        flow.add(new Flow(level, table, step, reason, Page.text(entry.getValue()), meaning));
      }
    }
    flow.add(new Flow(level, table, "released", "", Page.word(counts, "released"), ""));
  }

  /** What is counted, in words. */
  String what() {
    return table.isEmpty() ? "Persons" : "Rows of " + table;
  }

  static byte[] csv(JsonNode statement) {
    Csv csv = new Csv().line(List.of("level", "table", "step", "reason", "count", "meaning"));
    for (Flow line : of(statement)) {
      csv.line(List.of(line.level, line.table, line.step, line.reason, line.count, line.meaning));
    }
    return csv.bytes();
  }
}
