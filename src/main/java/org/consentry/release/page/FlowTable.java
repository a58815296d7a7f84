package org.consentry.release.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.consentry.release.Flow;

/**
 * The flow as a table: a row for persons and one for each table, a column for each step and reason.
 *
 * @param heads the columns, from read to released
 * @param rows what is counted
 */
record FlowTable(List<Head> heads, List<Row> rows) {

  private static final List<String> STEPS = List.of("read", "excluded", "rejected", "released");

  /** A step, or one reason of a step; the reason is empty for all of a step. */
  record Head(String step, String reason) {

    /** The fewest words for it. */
    String label() {
      return Page.label(reason.isEmpty() ? step : Flow.label(reason));
    }
  }

  /** What is counted, with a cell for each head; absent counts are empty. */
  record Row(String what, List<Cell> cells) {}

  /** A count and the day of it, which is empty for an exact count. */
  record Cell(String count, String countedOn) {}

  FlowTable {
    heads = List.copyOf(heads);
    rows = List.copyOf(rows);
  }

  /** The table of a flow. */
  static FlowTable of(List<Flow> flow) {
    List<Head> heads =
        flow.stream()
            .map(FlowTable::head)
            .distinct()
            .sorted(Comparator.comparingInt(head -> STEPS.indexOf(head.step())))
            .toList();
    Map<String, Map<Head, Cell>> counts = new LinkedHashMap<>();
    for (Flow line : flow) {
      counts
          .computeIfAbsent(line.what(), what -> new LinkedHashMap<>())
          .put(head(line), new Cell(line.count(), line.countedOn()));
    }
    Cell none = new Cell("", "");
    List<Row> rows = new ArrayList<>();
    counts.forEach(
        (what, cells) ->
            rows.add(
                new Row(
                    what, heads.stream().map(head -> cells.getOrDefault(head, none)).toList())));
    return new FlowTable(heads, rows);
  }

  private static Head head(Flow line) {
    return new Head(line.step(), line.reason());
  }
}
