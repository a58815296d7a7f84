package org.consentry.release.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.consentry.release.Flow;

/**
 * A part of the flow as a table: a line for each step and reason, a column for persons and for each
 * source table.
 *
 * @param columns what is counted
 * @param lines from read to released, then what is computed
 */
record FlowTable(List<String> columns, List<Line> lines) {

  /** So many columns fit a sheet of paper. */
  private static final int MOST_COLUMNS = 6;

  private static final List<String> STEPS =
      List.of("read", "excluded", "rejected", "released", "computed");

  private static final Cell NONE = new Cell("", "");

  FlowTable {
    columns = List.copyOf(columns);
    lines = List.copyOf(lines);
  }

  /**
   * A step, or one reason of it.
   *
   * @param step the word of the step
   * @param reason empty for all of a step
   * @param meaning the reason in plain words, or from what a table is computed; empty for all of
   *     another step
   * @param cells a count for each column
   */
  record Line(String step, String reason, String meaning, List<Cell> cells) {

    /** The fewest words for it. */
    String label() {
      return Page.label(reason.isEmpty() ? step : Flow.label(reason));
    }
  }

  /** A count and the day of it, which is empty for an exact count; both are empty for none. */
  record Cell(String count, String countedOn) {}

  private record Head(String step, String reason, String meaning) {}

  /** The tables of a flow. */
  static List<FlowTable> of(List<Flow> flow) {
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
    List<String> all = List.copyOf(counts.keySet());
    List<FlowTable> tables = new ArrayList<>();
    for (int from = 0; from < all.size(); from += MOST_COLUMNS) {
      List<String> some = all.subList(from, Math.min(all.size(), from + MOST_COLUMNS));
      List<Line> lines =
          heads.stream()
              .map(
                  head ->
                      new Line(
                          head.step(),
                          head.reason(),
                          head.meaning(),
                          some.stream()
                              .map(
                                  what ->
                                      counts.getOrDefault(what, Map.of()).getOrDefault(head, NONE))
                              .toList()))
              .toList();
      tables.add(new FlowTable(some, lines));
    }
    return tables;
  }

  private static Head head(Flow line) {
    return new Head(line.step(), line.reason(), line.meaning());
  }
}
