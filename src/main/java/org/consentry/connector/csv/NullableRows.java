package org.consentry.connector.csv;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.consentry.connector.BatchReader;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.MissingCells;
import org.consentry.data.RowBatch;

/** Rows in which an empty field is NULL and {@code ""} is an empty text. Not thread-safe. */
final class NullableRows implements BatchReader {

  private final SlabReader rows;
  private long[] missing = new long[0];

  NullableRows(SlabReader rows) {
    this.rows = rows;
  }

  @Override
  public Optional<RowBatch> next() {
    Optional<RowBatch> batch = rows.next();
    batch.ifPresent(this::count);
    return batch;
  }

  private void count(RowBatch batch) {
    List<Column> columns = batch.columns();
    missing = missing.length == 0 ? new long[columns.size()] : missing;
    for (int i = 0; i < missing.length; i++) {
      int[] starts = ((BytesColumn) columns.get(i)).starts();
      for (int row = 0; row < batch.rows(); row++) {
        missing[i] += starts[row] == BytesColumn.MISSING ? 1 : 0;
      }
    }
  }

  @Override
  public List<MissingCells> missing() {
    List<MissingCells> cells = new ArrayList<>();
    for (int i = 0; i < missing.length; i++) {
      long emptyTexts = rows.emptyTexts(i);
      cells.add(new MissingCells(missing[i] - emptyTexts, emptyTexts));
    }
    return cells;
  }

  @Override
  public long done() {
    return rows.done();
  }

  @Override
  public void close() {
    rows.close();
  }
}
