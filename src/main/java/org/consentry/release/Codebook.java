package org.consentry.release;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.consentry.data.Absence;
import org.consentry.release.page.CodebookPage;
import org.consentry.release.page.Page;
import tools.jackson.databind.JsonNode;

/**
 * The codebook: per released column its meaning, what was done to it, what survives, and why a cell
 * may be empty. Made from the finished statement.
 */
final class Codebook {

  static final List<String> HEAD =
      List.of(
          "table",
          "column",
          "type",
          "max_length",
          "unit",
          "description",
          "labels",
          "all_values",
          "source_column",
          "operator",
          "what_was_done",
          "what_survives",
          "missing",
          "withheld",
          "blanked",
          "suppressed",
          "when_empty",
          "why_released",
          "known_to_adversary",
          "formula_cells",
          "n",
          "n_empty",
          "n_missing",
          "n_withheld",
          "n_blanked",
          "n_suppressed",
          "n_distinct",
          "quantiles",
          "values");

  private Codebook() {}

  /** One line per released column, in the order of the data; fields as in {@link #HEAD}. */
  private static List<List<String>> lines(JsonNode statement, ReleaseFigures figures) {
    List<List<String>> lines = new ArrayList<>();
    for (JsonNode table : statement.path("predicate").path("tables")) {
      for (JsonNode column : table.path("columns")) {
        if (column.path("released").isObject()) {
          String name = Page.word(table, "name");
          List<String> line = new ArrayList<>(line(name, column, known(statement, name, column)));
          line.addAll(figures(figures, name, column.path("released")));
          lines.add(line);
        }
      }
    }
    return lines;
  }

  /** Whether the adversary of the measured risk knows it. */
  private static String known(JsonNode statement, String table, JsonNode column) {
    JsonNode risk = statement.path("predicate").path("risk");
    if (!risk.isObject()) {
      return "not measured";
    }
    String name = table + "." + Page.word(column.path("released"), "name");
    if (has(risk.path("knownOfAnyone"), name)) {
      return "of anyone";
    }
    return has(risk.path("knownOfEvents"), name) ? "of events" : "no";
  }

  private static boolean has(JsonNode names, String name) {
    return names.valueStream().anyMatch(one -> one.asString().equals(name));
  }

  private static List<String> line(String table, JsonNode column, String known) {
    JsonNode output = column.path("released");
    return List.of(
        table,
        Page.word(output, "name"),
        Page.word(output, "type"),
        Page.word(output, "maxLength"),
        Page.word(output, "unit"),
        Page.word(output, "description"),
        Page.labels(output),
        output.path("values").valueStream().map(Page::text).collect(Collectors.joining("; ")),
        Page.word(column, "source"),
        Page.word(column, "operator"),
        Page.word(column, "done"),
        Page.word(column, "survives"),
        may(output, Absence.MISSING),
        may(output, Absence.WITHHELD),
        may(output, Absence.BLANKED),
        Page.mayBe(output, Absence.SUPPRESSED) ? "every cell" : "no",
        Page.whenEmpty(output),
        Page.word(column, "why"),
        known,
        output.has("formulaCells") ? Page.word(output, "formulaCells") : "0");
  }

  /** Empty where the people of a table cannot be counted. */
  private static List<String> figures(ReleaseFigures figures, String table, JsonNode output) {
    Optional<ColumnFigures> known = figures.of(table, Page.word(output, "name"));
    if (known.isEmpty()) {
      return Collections.nCopies(9, "");
    }
    ColumnFigures shown = known.get();
    EmptyCells empty = CodebookPage.empty(shown, output);
    return List.of(
        ColumnFigures.shown(shown.filled()),
        ColumnFigures.shown(shown.empty()),
        empty.of(Absence.MISSING),
        empty.of(Absence.WITHHELD),
        empty.of(Absence.BLANKED),
        empty.of(Absence.SUPPRESSED),
        ColumnFigures.shown(shown.distinct()),
        FigureWords.quantiles(shown),
        FigureWords.bars(shown));
  }

  private static String may(JsonNode output, Absence absence) {
    return Page.mayBe(output, absence) ? "may be" : "no";
  }

  static byte[] csv(JsonNode statement, ReleaseFigures figures) {
    Csv csv = new Csv().line(HEAD);
    lines(statement, figures).forEach(csv::line);
    return csv.bytes();
  }
}
