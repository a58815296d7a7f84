package org.consentry.data;

import java.util.List;
import java.util.function.IntToLongFunction;

/**
 * Some ten thousand rows of one table as columns: the item of the engine. The same type leaves a
 * source (all columns are {@link BytesColumn}, in the order they were asked for) and enters a sink
 * (columns as in the schema).
 *
 * <p>A batch is valid until the next one is asked of the same reader, which may reuse its buffers.
 *
 * @param rows number of rows, at least 0
 * @param columns the columns, each with that many rows
 * @param rejections rows the source could not take, which are not among {@code rows}
 * @param lines line number in the source file, from 1, of a row; called for messages only
 */
public record RowBatch(
    int rows, List<Column> columns, List<Rejection> rejections, IntToLongFunction lines) {

  /**
   * A row that was read but cannot be used.
   *
   * @param reason why
   * @param line line number in the source file, from 1, where the record starts
   * @param fields how many fields the record has; 0 when it shows nothing ({@link Blanks}) and has
   *     no NUL, {@link #UNKNOWN_FIELDS} when they were not counted
   */
  public record Rejection(RejectReason reason, long line, int fields) {

    /** The number of fields is not known. */
    public static final int UNKNOWN_FIELDS = -1;

    /** A row whose fields were not counted. */
    public Rejection(RejectReason reason, long line) {
      this(reason, line, UNKNOWN_FIELDS);
    }
  }

  public RowBatch {
    columns = List.copyOf(columns);
    rejections = List.copyOf(rejections);
    for (Column column : columns) {
      if (column.rows() != rows) {
        throw new IllegalArgumentException(
            "a column has " + column.rows() + " rows in a batch of " + rows);
      }
    }
  }
}
