package org.consentry.export.extract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.consentry.connector.BatchReader;
import org.consentry.data.RowBatch;
import org.consentry.export.PartitionWork;

/**
 * Extracts one split of the tables that are made of the same records, in one pass over them. Each
 * table has its own files and marker, so that a run that ended between them does the others again.
 */
public final class PassExtract implements PartitionWork<PassExtract.TableBatch, PassResult> {

  private final BatchReader reader;
  private final List<SplitExtract> tables = new ArrayList<>();
  private final Function<List<SplitResult>, PassResult> finished;

  /**
   * Rows of one of the tables.
   *
   * @param table its position among those that are read
   */
  public record TableBatch(int table, RowBatch rows) {}

  private PassExtract(BatchReader reader, Function<List<SplitResult>, PassResult> finished) {
    this.reader = reader;
    this.finished = finished;
  }

  /**
   * Begins. When a table cannot be opened, what was opened before it is closed, the reader too.
   *
   * @param reader gives the rows of all tables
   * @param tables open the tables, at the positions that the reader knows them by
   * @param finished receives the results of the tables
   */
  public static PassExtract open(
      BatchReader reader,
      List<Supplier<SplitExtract>> tables,
      Function<List<SplitResult>, PassResult> finished) {
    PassExtract pass = new PassExtract(reader, finished);
    try {
      tables.forEach(table -> pass.tables.add(table.get()));
      return pass;
    } catch (RuntimeException refused) {
      pass.close();
      throw refused;
    }
  }

  @Override
  public Optional<TableBatch> read() {
    return reader.next().map(rows -> new TableBatch(reader.table(), rows));
  }

  @Override
  public TableBatch extract(TableBatch batch) {
    return new TableBatch(batch.table(), tables.get(batch.table()).extract(batch.rows()));
  }

  @Override
  public void write(TableBatch batch) {
    tables.get(batch.table()).write(batch.rows());
  }

  @Override
  public PassResult finish() {
    List<SplitResult> results = new ArrayList<>();
    for (SplitExtract table : tables) {
      results.add(table.finish(reader.missing()));
    }
    return finished.apply(results);
  }

  @Override
  public void close() {
    try (reader) {
      Closing.all(tables, SplitExtract::close);
    }
  }
}
