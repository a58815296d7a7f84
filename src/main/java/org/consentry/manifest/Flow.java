package org.consentry.manifest;

import java.util.ArrayList;
import java.util.List;
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
 */
record Flow(String level, String table, String step, String reason, String count) {

  static List<Flow> of(JsonNode statement) {
    JsonNode predicate = statement.path("predicate");
    List<Flow> flow = new ArrayList<>();
    add(flow, "subjects", "", predicate.path("consent").path("subjects"));
    for (JsonNode table : predicate.path("tables")) {
      add(flow, "rows", table.path("name").asString(), table.path("rows"));
    }
    return flow;
  }

  private static void add(List<Flow> flow, String level, String table, JsonNode counts) {
    flow.add(new Flow(level, table, "read", "", counts.path("read").asString()));
    for (String step : List.of("excluded", "rejected")) {
      counts
          .path(step)
          .properties()
          .forEach(
              reason ->
                  flow.add(
                      new Flow(level, table, step, reason.getKey(), reason.getValue().asString())));
    }
    flow.add(new Flow(level, table, "released", "", counts.path("released").asString()));
  }

  static byte[] csv(JsonNode statement) {
    Csv csv = new Csv().line(List.of("level", "table", "step", "reason", "count"));
    for (Flow line : of(statement)) {
      csv.line(List.of(line.level, line.table, line.step, line.reason, line.count));
    }
    return csv.bytes();
  }
}
