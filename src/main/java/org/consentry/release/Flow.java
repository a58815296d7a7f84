package org.consentry.release;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.consentry.release.page.Page;
import tools.jackson.databind.JsonNode;

/**
 * Who was left out and why, from read to released. Made from the finished statement, so that the
 * numbers are those of the manifest.
 *
 * @param level {@code subjects} or {@code rows}
 * @param table name of the table; empty for subjects
 * @param step {@code read}, {@code excluded}, {@code rejected} or {@code released}; of a table that
 *     is computed from the release {@code computed} alone
 * @param reason group or reason of what is left out; empty otherwise, and for all of a step
 * @param count a number, or the word in its place
 * @param countedOn the day of a figure that is not exact; empty for an exact count
 * @param meaning the reason in plain words, or from what a table is computed; empty otherwise
 */
public record Flow(
    String level,
    String table,
    String step,
    String reason,
    String count,
    String countedOn,
    String meaning) {

  public static List<Flow> of(JsonNode statement) {
    JsonNode predicate = statement.path("predicate");
    JsonNode words = predicate.path("reasons");
    List<Flow> flow = new ArrayList<>();
    add(flow, "subjects", "", predicate.path("consent").path("subjects"), words);
    for (JsonNode table : predicate.path("tables")) {
      String name = Page.word(table, "name");
      if (table.has("computed")) {
        String rows = Page.word(table.path("rows"), "released");
        String rule = Page.word(table, "computed");
        flow.add(new Flow("rows", name, "computed", "", rows, "", rule));
      } else {
        add(flow, "rows", name, table.path("rows"), words);
      }
    }
    return flow;
  }

  private static void add(
      List<Flow> flow, String level, String table, JsonNode counts, JsonNode words) {
    JsonNode days = counts.path("countedOn");
    flow.add(
        new Flow(level, table, "read", "", Page.word(counts, "read"), Page.word(days, "read"), ""));
    for (String step : List.of("excluded", "rejected")) {
      String total = step + "Total";
      if (counts.has(total)) {
        String count = Page.word(counts, total);
        flow.add(new Flow(level, table, step, "", count, Page.word(days, total), ""));
      }
      for (var entry : counts.path(step).properties()) {
        String reason = entry.getKey();
        String meaning = words.has(reason) ? Page.word(words, reason) : label(reason);
        String count = Page.text(entry.getValue());
        flow.add(new Flow(level, table, step, reason, count, Page.word(days, reason), meaning));
      }
    }
    flow.add(new Flow(level, table, "released", "", Page.word(counts, "released"), "", ""));
  }

  /** What is counted, in words. */
  public String what() {
    return table.isEmpty() ? "Persons" : "Rows of " + table;
  }

  /** A reason in the fewest words. */
  public static String label(String reason) {
    return reason.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** The count as flow diagrams show it, such as {@code n = about 1,000}. */
  public String n() {
    if (!count.matches("[0-9]{1,18}")) {
      return "n " + count.replace("<", "< ");
    }
    String number = String.format(Locale.ROOT, "%,d", Long.parseLong(count));
    return "n = " + (countedOn.isEmpty() ? "" : "about ") + number;
  }

  static byte[] csv(JsonNode statement) {
    Csv csv =
        new Csv()
            .line(List.of("level", "table", "step", "reason", "count", "counted_on", "meaning"));
    for (Flow line : of(statement)) {
      csv.line(
          List.of(
              line.level,
              line.table,
              line.step,
              line.reason,
              line.count,
              line.countedOn,
              line.meaning));
    }
    return csv.bytes();
  }
}
