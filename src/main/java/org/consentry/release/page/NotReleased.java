package org.consentry.release.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Columns of a source table that are not released, all of one role and for one action.
 *
 * @param role why the columns matter
 * @param action what was done to them
 * @param columns their names, each with the reason the mapping gives for it
 */
record NotReleased(String role, String action, List<Column> columns) {

  /** A column and why it is not needed; the reason may be empty. */
  record Column(String name, String why) {}

  NotReleased {
    columns = List.copyOf(columns);
  }

  /** The columns of a table that are not released, in the order of their first one. */
  static List<NotReleased> of(JsonNode table) {
    Map<List<String>, List<Column>> groups = new LinkedHashMap<>();
    for (JsonNode column : table.path("columns")) {
      if (!column.path("released").isObject()) {
        String action = Page.word(column, "operator") + ": " + Page.word(column, "done");
        groups
            .computeIfAbsent(List.of(Page.word(column, "role"), action), key -> new ArrayList<>())
            .add(new Column(Page.word(column, "source"), Page.word(column, "why")));
      }
    }
    return groups.entrySet().stream()
        .map(one -> new NotReleased(one.getKey().get(0), one.getKey().get(1), one.getValue()))
        .toList();
  }
}
