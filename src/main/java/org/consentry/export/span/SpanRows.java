package org.consentry.export.span;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.LongColumn;
import org.consentry.data.RowBatch;
import org.consentry.plan.SpanTable;
import org.consentry.plan.SpanTable.SpanCell;

/** The rows of a computed table: a row for each subject who has a span. Not thread-safe. */
public final class SpanRows {

  private static final int BATCH = 1 << 13;

  private final SpanTable table;
  private final Spans spans;

  /** The rows of a table. */
  public SpanRows(SpanTable table, Spans spans) {
    this.table = table;
    this.spans = spans;
  }

  /** Gives the rows in the order of the subjects' codes, batch by batch. */
  public void forEach(Consumer<RowBatch> batches) {
    for (int from = 0; from < spans.size(); from += BATCH) {
      int start = from;
      int rows = Math.min(BATCH, spans.size() - from);
      List<Column> columns = table.cells().stream().map(cell -> column(cell, start, rows)).toList();
      batches.accept(new RowBatch(rows, columns, List.of(), row -> 0));
    }
  }

  private Column column(SpanCell cell, int from, int rows) {
    return switch (cell.content()) {
      case SUBJECT -> column(cell, row -> spans.subject(from + row), rows);
      case FIRST -> column(cell, row -> spans.first(from + row), rows);
      case LAST -> column(cell, row -> spans.last(from + row), rows);
      case CONSTANT -> constant(cell.value(), rows);
    };
  }

  private static Column constant(long value, int rows) {
    long[] values = new long[rows];
    Arrays.fill(values, value);
    return new LongColumn(rows, values);
  }

  private static Column column(SpanCell cell, IntFunction<byte[]> cells, int rows) {
    return cell.column().field().type().isBytes() ? texts(cells, rows) : numbers(cells, rows);
  }

  private static Column numbers(IntFunction<byte[]> cells, int rows) {
    long[] values = new long[rows];
    for (int row = 0; row < rows; row++) {
      values[row] = ByteBuffer.wrap(cells.apply(row)).getLong() ^ Long.MIN_VALUE;
    }
    return new LongColumn(rows, values);
  }

  private static Column texts(IntFunction<byte[]> cells, int rows) {
    int[] starts = new int[rows];
    int[] ends = new int[rows];
    ByteArrayOutputStream buffer = new ByteArrayOutputStream();
    for (int row = 0; row < rows; row++) {
      starts[row] = buffer.size();
      buffer.writeBytes(cells.apply(row));
      ends[row] = buffer.size();
    }
    return new BytesColumn(rows, buffer.toByteArray(), starts, ends);
  }
}
