package org.consentry.export.sort;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.LongColumn;
import org.consentry.data.RowBatch;

/**
 * Decodes rows into batches, column by column. Texts stay where they are: a batch points at the
 * buffer that its rows came in. Not thread-safe.
 */
final class RowDecoder {

  private static final int ROWS = 1 << 11;

  /** Rows of which one column after the other is decoded while they are near. */
  private static final int NEAR = 1 << 8;

  private final RowCodec codec;
  private final int[] positions = new int[ROWS];
  private final int[] limits = new int[ROWS];
  private final int[][] starts;
  private final int[][] ends;
  private final long[][] values;
  private byte[] buffer = new byte[0];
  private int rows;

  RowDecoder(RowCodec codec) {
    this.codec = codec;
    starts = new int[codec.size()][];
    ends = new int[codec.size()][];
    values = new long[codec.size()][];
    for (int place = 0; place < codec.size(); place++) {
      if (codec.isText(place)) {
        starts[place] = new int[ROWS];
        ends[place] = new int[ROWS];
      } else {
        values[place] = new long[ROWS];
      }
    }
  }

  /** Whether the next batch has no row yet. */
  boolean isEmpty() {
    return rows == 0;
  }

  /** Whether another row should go into the next batch. */
  boolean isFull() {
    return rows == ROWS;
  }

  /** Adds a row. All rows of a batch are in one buffer, and stay there until it is taken. */
  void add(byte[] in, int start, int end) {
    buffer = in;
    positions[rows] = start;
    limits[rows++] = end;
  }

  /**
   * The rows added since the last call, in the order of the schema's columns; valid until the next
   * row is added. The rows in the buffer may be others afterwards.
   */
  RowBatch take() {
    for (int from = 0; from < rows; from += NEAR) {
      int to = Math.min(rows, from + NEAR);
      for (int place = 0; place < starts.length; place++) {
        if (codec.isText(place)) {
          texts(starts[place], ends[place], from, to);
        } else {
          numbers(values[place], from, to);
        }
      }
    }
    if (!Arrays.equals(positions, 0, rows, limits, 0, rows)) {
      throw new IllegalStateException("an encoded row does not end with its last cell");
    }
    RowBatch batch = new RowBatch(rows, columns(), List.of(), row -> 0L);
    rows = 0;
    return batch;
  }

  private void texts(int[] textStarts, int[] textEnds, int from, int to) {
    for (int row = from; row < to; row++) {
      int at = positions[row] + 1;
      if (buffer[at - 1] == RowCodec.MISSING) {
        textStarts[row] = BytesColumn.MISSING;
        textEnds[row] = BytesColumn.MISSING;
        positions[row] = at;
      } else {
        int end = RowCodec.end(buffer, at);
        textStarts[row] = at;
        textEnds[row] = end < 0 ? RowCodec.unescape(buffer, at, ~end) : end;
        positions[row] = (end < 0 ? ~end : end) + 1;
      }
    }
  }

  private void numbers(long[] numbers, int from, int to) {
    for (int row = from; row < to; row++) {
      int at = positions[row];
      if (buffer[at] == RowCodec.MISSING) {
        numbers[row] = LongColumn.MISSING;
        positions[row] = at + 1;
      } else {
        numbers[row] = RowCodec.number(buffer, at);
        positions[row] = at + 1 + RowCodec.bytes(buffer[at] & 0xFF);
      }
    }
  }

  private List<Column> columns() {
    Column[] columns = new Column[codec.size()];
    for (int place = 0; place < columns.length; place++) {
      columns[codec.column(place)] =
          codec.isText(place)
              ? new BytesColumn(rows, buffer, starts[place], ends[place])
              : new LongColumn(rows, values[place]);
    }
    return new ArrayList<>(Arrays.asList(columns));
  }
}
