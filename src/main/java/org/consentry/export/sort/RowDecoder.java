package org.consentry.export.sort;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.LongColumn;
import org.consentry.data.RowBatch;

/**
 * Collects encoded rows into a batch. A text that equals the one in the row before points at the
 * same bytes. The batch is valid until the next row is added after it was taken. Not thread-safe.
 */
final class RowDecoder {

  private static final int ROWS = 1 << 13;
  private static final int TEXT_BYTES = 4 << 20;

  private final RowCodec codec;
  private final int[][] starts;
  private final int[][] ends;
  private final long[][] values;
  private byte[] text = new byte[1 << 16];
  private int used;
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

  /** Whether another row should go into the next batch. */
  boolean isFull() {
    return rows == ROWS || used >= TEXT_BYTES;
  }

  /** Adds a row. */
  void add(byte[] in, int start, int end) {
    if (text.length - used < end - start) {
      text =
          Arrays.copyOf(
              text, (int) Math.min(1 << 30, Math.max(2L * text.length, used + (long) end - start)));
    }
    int at = start;
    for (int place = 0; place < starts.length; place++) {
      if (codec.isText(place)) {
        at = addText(in, at, starts[place], ends[place]);
      } else if (in[at] == RowCodec.MISSING) {
        values[place][rows] = LongColumn.MISSING;
        at++;
      } else {
        values[place][rows] = RowCodec.number(in, at);
        at += 1 + RowCodec.bytes(in[at] & 0xFF);
      }
    }
    if (at != end) {
      throw new IllegalStateException("an encoded row is longer than its cells");
    }
    rows++;
  }

  private int addText(byte[] in, int start, int[] columnStarts, int[] columnEnds) {
    int at = start;
    if (in[at++] == RowCodec.MISSING) {
      columnStarts[rows] = BytesColumn.MISSING;
      columnEnds[rows] = BytesColumn.MISSING;
      return at;
    }
    int to = used;
    for (byte b = in[at++]; b != 0; b = in[at++]) {
      text[to++] = b == 1 ? (byte) (in[at++] - 1) : b;
    }
    if (rows > 0
        && columnStarts[rows - 1] != BytesColumn.MISSING
        && Arrays.equals(text, columnStarts[rows - 1], columnEnds[rows - 1], text, used, to)) {
      columnStarts[rows] = columnStarts[rows - 1];
      columnEnds[rows] = columnEnds[rows - 1];
    } else {
      columnStarts[rows] = used;
      columnEnds[rows] = to;
      used = to;
    }
    return at;
  }

  /** The rows added since the last call, in the order of the schema's columns. */
  RowBatch take() {
    Column[] columns = new Column[codec.size()];
    for (int place = 0; place < columns.length; place++) {
      columns[codec.column(place)] =
          codec.isText(place)
              ? new BytesColumn(rows, text, starts[place], ends[place])
              : new LongColumn(rows, values[place]);
    }
    RowBatch batch =
        new RowBatch(rows, new ArrayList<>(Arrays.asList(columns)), List.of(), row -> 0L);
    rows = 0;
    used = 0;
    return batch;
  }
}
