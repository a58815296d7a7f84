package org.consentry.operator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.LongColumn;
import org.consentry.data.SubjectIndex;

/** Rows of several source columns of one subject, and what a transformer makes of them. */
final class Rows {

  /**
   * What became of a row.
   *
   * @param values the released values, in the operator's order; empty when missing
   * @param invalid which input could not be taken and what was expected, as {@code 0: a date}
   */
  record Cells(List<Optional<String>> values, Optional<String> invalid) {}

  private final List<List<Optional<String>>> columns;
  private final Map<Integer, Integer> days = new LinkedHashMap<>();
  private final int count;

  /** The cells of every input that comes from the row, column by column. */
  Rows(List<List<Optional<String>>> columns) {
    this.columns = List.copyOf(columns);
    this.count = columns.isEmpty() ? 1 : columns.get(0).size();
  }

  /** Exchanges an input for a day of the subject. */
  Rows day(int input, int day) {
    days.put(input, day);
    return this;
  }

  List<Cells> transform(Transformer transformer) {
    return transform(transformer, count);
  }

  List<Cells> transform(Transformer transformer, int size) {
    List<Cells> cells = new ArrayList<>();
    for (int from = 0; from < count; from += size) {
      cells.addAll(transform(transformer, from, Math.min(count, from + size)));
    }
    return cells;
  }

  private List<Cells> transform(Transformer transformer, int from, int to) {
    int[] rows = new int[to - from + 2];
    for (int i = from; i < to; i++) {
      rows[i - from] = i - from;
    }
    List<TransformInput.Values> inputs = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      inputs.add(
          days.containsKey(i)
              ? new TransformInput.Values.Days(
                  new int[] {days.getOrDefault(i, SubjectIndex.UNKNOWN_DAY)})
              : new TransformInput.Values.Cells(Batch.column(columns.get(i).subList(from, to))));
    }
    TreeMap<Integer, String> invalid = new TreeMap<>();
    List<Column> answers =
        transformer.transform(
            new TransformInput(
                inputs,
                rows,
                to - from,
                new int[rows.length],
                new Subjects().index(),
                (position, input, expected) -> invalid.put(position, input + ": " + expected)));
    List<Cells> cells = new ArrayList<>();
    for (int row = 0; row < to - from; row++) {
      int at = row;
      cells.add(
          new Cells(
              answers.stream().map(column -> text(column, at)).toList(),
              Optional.ofNullable(invalid.get(row))));
    }
    return cells;
  }

  /** Columns of rows, each row a list of cells; an empty text is a missing cell. */
  static Rows of(String[]... rows) {
    List<List<Optional<String>>> columns = new ArrayList<>();
    for (int i = 0; i < rows[0].length; i++) {
      int column = i;
      columns.add(
          Arrays.stream(rows)
              .map(row -> Optional.of(row[column]).filter(text -> !text.isEmpty()))
              .toList());
    }
    return new Rows(columns);
  }

  private static Optional<String> text(Column column, int row) {
    if (column.isMissing(row)) {
      return Optional.empty();
    }
    if (column instanceof LongColumn longs) {
      return Optional.of(Long.toString(longs.values()[row]));
    }
    BytesColumn bytes = (BytesColumn) column;
    int start = bytes.starts()[row];
    return Optional.of(
        new String(bytes.buffer(), start, bytes.ends()[row] - start, StandardCharsets.UTF_8));
  }
}
