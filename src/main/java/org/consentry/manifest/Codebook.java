package org.consentry.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.consentry.manifest.Disclosure.Column;
import org.consentry.manifest.Disclosure.Output;
import org.consentry.manifest.Disclosure.Table;

/** The codebook: per released column its meaning, what was done to it and what survives. */
final class Codebook {

  static final List<String> HEAD =
      List.of(
          "table",
          "column",
          "type",
          "unit",
          "description",
          "labels",
          "source_column",
          "operator",
          "what_was_done",
          "what_survives",
          "when_empty",
          "why_released");

  private Codebook() {}

  /** One line per released column, in the order of the data; fields as in {@link #HEAD}. */
  static List<List<String>> lines(Disclosure disclosure) {
    List<List<String>> lines = new ArrayList<>();
    for (Table table : disclosure.tables()) {
      for (Column column : table.released()) {
        column.output().ifPresent(output -> lines.add(line(table, column, output)));
      }
    }
    return lines;
  }

  private static List<String> line(Table table, Column column, Output output) {
    return List.of(
        table.name(),
        output.name(),
        output.type().toString(),
        output.unit(),
        output.description(),
        labels(output.labels()),
        column.source(),
        column.operator(),
        column.done(),
        column.survives(),
        String.join("; or ", Statement.absenceWords(output)),
        column.why());
  }

  private static String labels(Map<String, String> labels) {
    return labels.entrySet().stream()
        .map(label -> label.getKey() + " = " + label.getValue())
        .collect(Collectors.joining("; "));
  }

  static byte[] csv(Disclosure disclosure) {
    Csv csv = new Csv().line(HEAD);
    lines(disclosure).forEach(csv::line);
    return csv.bytes();
  }

  static byte[] page(Disclosure disclosure) {
    Markup page = Markup.page("Codebook: " + disclosure.authority().title());
    page.element(
        "p",
        "An empty cell may be missing in the clinic's records, withheld because consent does not"
            + " cover the column, or removed because it was not valid; see the column when empty.");
    for (Table table : disclosure.tables()) {
      List<List<String>> lines =
          lines(disclosure).stream()
              .filter(line -> line.get(0).equals(table.name()))
              .map(line -> line.subList(1, line.size()))
              .toList();
      page.element("h2", "Table " + table.name());
      page.table(
          table.rows().released() + " rows",
          HEAD.subList(1, HEAD.size()).stream().map(FlowDiagram::words).toList(),
          lines);
    }
    return page.bytes();
  }
}
