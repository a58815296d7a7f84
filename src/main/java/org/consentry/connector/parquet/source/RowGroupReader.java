package org.consentry.connector.parquet.source;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.consentry.config.SafeWord;
import org.consentry.connector.BatchReader;
import org.consentry.connector.parquet.source.FileFooter.RowGroup;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.RowBatch;
import org.consentry.problem.ProblemException;

/**
 * Reads a row group. Its bytes are proven to be those of the split: each column's as they are read,
 * all others at the end. Where a page is damaged, a file that changed is named as such.
 */
final class RowGroupReader implements BatchReader {

  private static final int MOST_ROWS = 1 << 14;

  private final ParquetFile file;
  private final int number;
  private final RowGroup group;
  private final OptionalInt digest;
  private final long firstRow;
  private final FileBytes bytes;
  private final Map<Integer, ColumnReader> columns = new LinkedHashMap<>();
  private final List<Integer> wanted;
  private Optional<String> at = Optional.empty();
  private long done;

  /**
   * Begins to read.
   *
   * @param number of the row group in the file
   * @param digest of the split; empty for a look at rows
   * @param firstRow number of rows of the table before the row group
   * @param wanted positions of columns, in the order of the batches
   */
  RowGroupReader(
      ParquetFile file, int number, OptionalInt digest, long firstRow, List<Integer> wanted) {
    this.file = file;
    this.number = number;
    this.group = file.footer().rowGroups().get(number);
    this.digest = digest;
    this.firstRow = firstRow;
    this.wanted = List.copyOf(wanted);
    wanted.forEach(file::requireReadable);
    this.bytes = new FileBytes(file.path(), file.size(), file.problems());
    PageMemory memory = PageMemory.ofProcess();
    for (int position : wanted) {
      SourceColumn column = file.footer().columns().get(position);
      columns.computeIfAbsent(
          position,
          each -> new ColumnReader(column, group.chunks().get(column.leaf()), bytes, memory));
    }
  }

  @Override
  public Optional<RowBatch> next() {
    if (done == group.rows()) {
      return Optional.empty();
    }
    RowBatch batch;
    try {
      batch = batch();
    } catch (Damage | ThriftReader.CutOff | ArithmeticException | IndexOutOfBoundsException no) {
      prove();
      throw damaged(no);
    }
    if (done == group.rows()) {
      prove();
    }
    return Optional.of(batch);
  }

  private RowBatch batch() {
    int rows = (int) Math.min(MOST_ROWS, group.rows() - done);
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

  private void prove() {
    if (digest.isEmpty()) {
      return;
    }
    int[] crcs = new int[group.chunks().size()];
    for (int leaf = 0; leaf < crcs.length; leaf++) {
      Optional<ColumnReader> reader = reader(leaf);
      crcs[leaf] =
          reader.isPresent() ? reader.get().digest() : bytes.digest(group.chunks().get(leaf));
    }
    if (file.digest(crcs) != digest.getAsInt()) {
      throw file.problems().changed();
    }
  }

  private Optional<ColumnReader> reader(int leaf) {
    return columns.values().stream().filter(each -> each.column().leaf() == leaf).findFirst();
  }

  private ProblemException damaged(RuntimeException found) {
    String what =
        found instanceof Damage ? found.getMessage() : "has a page that ends before its last value";
    String where =
        "row group "
            + (number + 1)
            + at.map(column -> " of column " + SafeWord.word(column)).orElse("");
    return file.problems().damaged(where + " " + what);
  }

  @Override
  public void close() {
    bytes.close();
  }
}
