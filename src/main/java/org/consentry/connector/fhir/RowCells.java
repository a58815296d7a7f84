package org.consentry.connector.fhir;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.RowBatch;
import org.jspecify.annotations.Nullable;

/** The cells of the next batch of a table. Not thread-safe. */
final class RowCells {

  private static final int MOST_ROWS = 1 << 15;
  private static final int MOST_BYTES = 1 << 23;

  private final ResourceRows.Maker maker;
  private final int[] columns;
  private final int mostRows;
  private final int mostBytes;

  private byte[] bytes = new byte[1 << 16];
  private int used;
  private int rows;
  private int[][] starts;
  private int[][] ends;
  private long[] numbers = new long[1 << 10];

  /**
   * Cells of some columns.
   *
   * @param tables how many tables are read at once; together they have batches as large as those of
   *     one
   */
  RowCells(ResourceRows.Maker maker, List<Integer> columns, int tables) {
    this.maker = maker;
    this.columns = columns.stream().mapToInt(Integer::intValue).toArray();
    this.mostRows = Math.max(1, MOST_ROWS / tables);
    this.mostBytes = Math.max(1, MOST_BYTES / tables);
    this.starts = new int[this.columns.length][numbers.length];
    this.ends = new int[this.columns.length][numbers.length];
  }

  int rows() {
    return rows;
  }

  /** Whether a batch has as many rows or bytes as it should have. */
  boolean isFull() {
    return rows >= mostRows || used >= mostBytes;
  }

  /** Begins the next batch. */
  void clear() {
    rows = 0;
    used = 0;
  }

  /**
   * Adds a row.
   *
   * @param line where its resource is
   * @throws Failure when a cell is no single value
   */
  void add(@Nullable Item[] row, long line) throws Failure {
    if (rows == numbers.length) {
      grow();
    }
    for (int slot = 0; slot < columns.length; slot++) {
      Item item = row[columns[slot]];
      starts[slot][rows] = BytesColumn.MISSING;
      if (item == null) {
        continue;
      }
      if (!(item instanceof Item.Primitive value)) {
        throw new Failure(
            "column '"
                + maker.column(columns[slot])
                + "' is no single value but has elements of its own",
            "name one of them in the view");
      }
      if (!value.released().isEmpty()) {
        starts[slot][rows] = used;
        append(value.released());
        ends[slot][rows] = used;
      }
    }
    numbers[rows] = line;
    rows++;
  }

  private void grow() {
    numbers = Arrays.copyOf(numbers, rows * 2);
    for (int slot = 0; slot < columns.length; slot++) {
      starts[slot] = Arrays.copyOf(starts[slot], numbers.length);
      ends[slot] = Arrays.copyOf(ends[slot], numbers.length);
    }
  }

  /** Appends UTF-8; most values are ASCII. */
  private void append(String text) {
    int length = text.length();
    ensure(length * 3);
    int at = used;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(encoded, 0, bytes, used, encoded.length);
        used += encoded.length;
        return;
      }
      bytes[at++] = (byte) c;
    }
    used = at;
  }

  private void ensure(int more) {
    if (bytes.length - used < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, used + more));
    }
  }

  /** The rows since the last one began, valid until {@link #clear}. */
  RowBatch batch() {
    List<Column> batch = new ArrayList<>();
    for (int slot = 0; slot < columns.length; slot++) {
      batch.add(new BytesColumn(rows, bytes, starts[slot], ends[slot]));
    }
    long[] lineOfRow = numbers;
    return new RowBatch(rows, batch, List.of(), row -> lineOfRow[row]);
  }
}
