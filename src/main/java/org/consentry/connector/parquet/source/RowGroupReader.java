package org.consentry.connector.parquet.source;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.config.SafeWord;
import org.consentry.connector.parquet.source.FileFooter.RowGroup;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.RowBatch;
import org.consentry.problem.ProblemException;

/**
 * Reads a row group. CRC-32C of its columns is taken of the bytes as they are read, and of those
 * that are not wanted at the end. Not thread-safe.
 */
final class RowGroupReader {

  /** Bytes of a batch, about. */
  private static final int BATCH_BYTES = 1 << 23;

  /** Bytes of a cell, about: its text, and where that begins and ends. */
  private static final int CELL_BYTES = 18;

  private static final int LEAST_ROWS = 1 << 10;
  private static final int MOST_ROWS = 1 << 16;

  private final ParquetFile file;
  private final int number;
  private final RowGroup group;
  private final long firstRow;
  private final FileBytes bytes;
  private final Map<Integer, ColumnReader> columns = new LinkedHashMap<>();
  private final List<Integer> wanted;
  private final int most;
  private Optional<String> at = Optional.empty();
  private long done;

  /**
   * Begins to read.
   *
   * @param bytes of its file
   * @param wanted positions of columns that can be read, in the order of the batches
   */
  RowGroupReader(TableGroup from, FileBytes bytes, List<Integer> wanted) {
    this.file = from.file();
    this.number = from.number();
    this.group = from.rows();
    this.firstRow = from.firstRow();
    this.wanted = List.copyOf(wanted);
    this.most = rows(wanted.size());
    this.bytes = bytes;
    PageMemory memory = PageMemory.ofProcess();
    for (int position : wanted) {
      SourceColumn column = file.footer().columns().get(position);
      columns.computeIfAbsent(
          position,
          each -> new ColumnReader(column, group.chunks().get(column.leaf()), bytes, memory));
    }
  }

  /** The most rows of a batch with so many columns. */
  static int rows(int columns) {
    int rows = BATCH_BYTES / (CELL_BYTES * Math.max(1, columns));
    return Math.max(LEAST_ROWS, Math.min(MOST_ROWS, rows));
  }

  /** Whether there are more rows. */
  boolean hasNext() {
    return done < group.rows();
  }

  /** How much of {@link RowGroup#text()} the rows before are. */
  long done() {
    return (long) ((double) done / group.rows() * group.text());
  }

  /**
   * The next rows, of which there are some.
   *
   * @throws RuntimeException when they are damaged: {@link Damage}, {@link ThriftReader.CutOff}, or
   *     one that Java throws for arithmetic or a place outside of an array; see {@link #damaged}
   */
  RowBatch next() {
    int rows = (int) Math.min(most, group.rows() - done);
    for (ColumnReader column : columns.values()) {
      at = Optional.of(column.column().name());
      rows = column.ready(rows);
    }
    Map<Integer, BytesColumn> read = new LinkedHashMap<>();
    for (Map.Entry<Integer, ColumnReader> column : columns.entrySet()) {
      at = Optional.of(column.getValue().column().name());
      read.put(column.getKey(), column.getValue().read(rows));
    }
    List<Column> batch = new ArrayList<>();
    wanted.forEach(position -> batch.add(read.get(position)));
    long before = firstRow + done;
    done += rows;
    return new RowBatch(rows, batch, List.of(), row -> before + row + 1);
  }

  /** Digest of all bytes; none is read afterwards. */
  int digest() {
    int[] crcs = new int[group.chunks().size()];
    for (int leaf = 0; leaf < crcs.length; leaf++) {
      Optional<ColumnReader> reader = reader(leaf);
      crcs[leaf] =
          reader.isPresent() ? reader.get().digest() : bytes.digest(group.chunks().get(leaf));
    }
    return file.digest(crcs);
  }

  private Optional<ColumnReader> reader(int leaf) {
    return columns.values().stream().filter(each -> each.column().leaf() == leaf).findFirst();
  }

  /** In words, where the damage is that {@link #next} met. */
  ProblemException damaged(RuntimeException found) {
    String what =
        found instanceof Damage ? found.getMessage() : "has a page that ends before its last value";
    String where =
        "row group "
            + (number + 1)
            + at.map(column -> " of column " + SafeWord.word(column)).orElse("");
    return file.problems().damaged(where + " " + what);
  }
}
