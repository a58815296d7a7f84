package org.consentry.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.consentry.connector.BatchReader;
import org.consentry.connector.SourceTable;
import org.consentry.connector.Split;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.RowBatch;

/**
 * A table without a file. Cells are texts, an empty one is missing; a row is on the line of its
 * position plus two. Splits and batches are cut where the test sets them.
 */
public final class MemoryTable implements SourceTable {

  private final String name;
  private final List<String> columns;
  private final List<List<String>> rows;
  private final List<RowBatch.Rejection> rejections;
  private final int splitRows;
  private final int batchRows;

  private MemoryTable(
      String name,
      List<String> columns,
      List<List<String>> rows,
      List<RowBatch.Rejection> rejections,
      int splitRows,
      int batchRows) {
    this.name = name;
    this.columns = List.copyOf(columns);
    this.rows = List.copyOf(rows);
    this.rejections = List.copyOf(rejections);
    this.splitRows = splitRows;
    this.batchRows = batchRows;
  }

  /** One split, one batch. */
  public static MemoryTable of(String name, List<String> columns, List<List<String>> rows) {
    int all = Math.max(1, rows.size());
    return new MemoryTable(name, columns, rows, List.of(), all, all);
  }

  /** The same rows, cut otherwise. */
  public MemoryTable cut(int rowsASplit, int rowsABatch) {
    return new MemoryTable(name, columns, rows, rejections, rowsASplit, rowsABatch);
  }

  /** The same rows, and some that could not be read, which come with the first batch. */
  public MemoryTable rejecting(List<RowBatch.Rejection> unreadable) {
    return new MemoryTable(name, columns, rows, unreadable, splitRows, batchRows);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String file() {
    return name + ".csv";
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public long size() {
    return rows.size();
  }

  @Override
  public List<Split> splits() {
    List<Split> splits = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += splitRows) {
      int to = Math.min(rows.size(), from + splitRows);
      splits.add(Split.ofBytes(name, splits.size(), from, to, from + 2L, 0));
    }
    return splits;
  }

  @Override
  public BatchReader open(Split split, List<Integer> wanted) {
    return new BatchReader() {
      private int next = (int) split.bytes().start();

      @Override
      public Optional<RowBatch> next() {
        if (next >= split.bytes().end()) {
          return Optional.empty();
        }
        int from = next;
        next = (int) Math.min(split.bytes().end(), from + (long) batchRows);
        return Optional.of(batch(from, next, wanted));
      }

      @Override
      public void close() {
        next = Integer.MAX_VALUE;
      }
    };
  }

  /** All rows at once, all columns. */
  public RowBatch batch() {
    return batch(0, rows.size(), IntStream.range(0, columns.size()).boxed().toList());
  }

  private RowBatch batch(int from, int to, List<Integer> wanted) {
    List<Column> answer = new ArrayList<>();
    for (int column : wanted) {
      answer.add(column(rows.subList(from, to).stream().map(row -> row.get(column)).toList()));
    }
    return new RowBatch(
        to - from, answer, from == 0 ? rejections : List.of(), row -> from + row + 2L);
  }

  /** A column as a source gives it; an empty text is missing. */
  public static BytesColumn column(List<String> cells) {
    ByteArrayOutputStream buffer = new ByteArrayOutputStream();
    buffer.write('x');
    int[] starts = new int[cells.size()];
    int[] ends = new int[cells.size()];
    for (int row = 0; row < starts.length; row++) {
      byte[] utf8 = cells.get(row).getBytes(StandardCharsets.UTF_8);
      starts[row] = utf8.length == 0 ? BytesColumn.MISSING : buffer.size();
      buffer.writeBytes(utf8);
      ends[row] = buffer.size();
      buffer.write(',');
    }
    return new BytesColumn(starts.length, buffer.toByteArray(), starts, ends);
  }
}
