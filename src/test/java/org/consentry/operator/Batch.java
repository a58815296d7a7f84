package org.consentry.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.LongColumn;
import org.consentry.data.SubjectIndex;

/** Rows of one source column, each with its subject, and what a transformer makes of them. */
final class Batch {

  /**
   * What became of a row.
   *
   * @param value the released value; empty when it is missing
   * @param invalid what was expected of a value that could not be taken, or {@link #UNRELEASED}
   */
  record Cell(Optional<String> value, Optional<String> invalid) {}

  /** What a cell has as invalid when its value is valid and yet not released. */
  static final String UNRELEASED = "unreleased";

  private final List<Optional<String>> values;
  private final int[] subjects;
  private final SubjectIndex index;
  private final char neighbour;

  Batch(List<Optional<String>> values, int[] subjects, SubjectIndex index) {
    this(values, subjects, index, ',');
  }

  private Batch(List<Optional<String>> values, int[] subjects, SubjectIndex index, char neighbour) {
    this.values = List.copyOf(values);
    this.subjects = subjects.clone();
    this.index = index;
    this.neighbour = neighbour;
  }

  /** The same rows, with another character between the values in the buffer. */
  Batch between(char character) {
    return new Batch(values, subjects, index, character);
  }

  /** A column as a source gives it: bytes of all rows behind each other; empty is missing. */
  static BytesColumn column(List<Optional<String>> values) {
    return column(values, ',');
  }

  /** The last value ends where the buffer ends. */
  private static BytesColumn column(List<Optional<String>> values, char neighbour) {
    ByteArrayOutputStream buffer = new ByteArrayOutputStream();
    buffer.writeBytes(new byte[] {'x', (byte) neighbour});
    int[] starts = new int[values.size()];
    int[] ends = new int[values.size()];
    for (int i = 0; i < starts.length; i++) {
      byte[] utf8 = values.get(i).orElse("").getBytes(StandardCharsets.UTF_8);
      starts[i] = utf8.length == 0 ? BytesColumn.MISSING : buffer.size();
      buffer.writeBytes(utf8);
      ends[i] = buffer.size();
      if (i + 1 < starts.length) {
        buffer.write(neighbour);
      }
    }
    return new BytesColumn(starts.length, buffer.toByteArray(), starts, ends);
  }

  /** Transforms all rows at once. */
  List<Cell> transform(Transformer transformer) {
    return transform(transformer, 0, values.size());
  }

  /** Transforms the rows in batches of a size. */
  List<Cell> transform(Transformer transformer, int size) {
    List<Cell> cells = new ArrayList<>();
    for (int from = 0; from < values.size(); from += size) {
      cells.addAll(transform(transformer, from, Math.min(values.size(), from + size)));
    }
    return cells;
  }

  private List<Cell> transform(Transformer transformer, int from, int to) {
    BytesColumn source = column(values.subList(from, to), neighbour);
    int[] rows = new int[to - from + 3];
    int[] rowSubjects = new int[rows.length];
    for (int i = from; i < to; i++) {
      rows[i - from] = i - from;
      rowSubjects[i - from] = subjects[i];
    }
    TreeMap<Integer, String> invalid = new TreeMap<>();
    List<Column> columns =
        transformer.transform(
            new TransformInput(
                List.of(new TransformInput.Values.Cells(source)),
                rows,
                to - from,
                rowSubjects,
                index,
                reporter(invalid)));
    assertThat(columns).hasSize(1);
    Column column = columns.get(0);
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < column.rows(); i++) {
      cells.add(new Cell(text(column, i), Optional.ofNullable(invalid.get(i))));
    }
    return cells;
  }

  private static TransformInput.Invalid reporter(Map<Integer, String> invalid) {
    return new TransformInput.Invalid() {
      @Override
      public void at(int position, int input, String expected) {
        invalid.put(position, expected);
      }

      @Override
      public void unreleased(int position) {
        invalid.put(position, UNRELEASED);
      }
    };
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
