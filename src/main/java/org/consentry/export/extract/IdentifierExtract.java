package org.consentry.export.extract;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.consentry.connector.BatchReader;
import org.consentry.data.RowBatch;
import org.consentry.data.Tally;
import org.consentry.export.PartitionResult;
import org.consentry.export.PartitionWork;
import org.consentry.export.scan.IdentifierSet;

/** Reads one split of a table that is not released, for its identifiers alone. */
public final class IdentifierExtract
    implements PartitionWork<RowBatch, IdentifierExtract.RowsRead> {

  private final BatchReader reader;
  private final IdentifierCollector collector;
  private final Consumer<IdentifierSet.Builder> finish;
  private long rows;

  /** How many rows were read; none was released. */
  public record RowsRead(long rows) implements PartitionResult {
    @Override
    public Tally tally() {
      return Tally.NONE;
    }

    @Override
    public long rowsRead() {
      return rows;
    }
  }

  /**
   * Begins.
   *
   * @param finish stores the identifiers
   */
  public IdentifierExtract(
      BatchReader reader, IdentifierCollector collector, Consumer<IdentifierSet.Builder> finish) {
    this.reader = reader;
    this.collector = collector;
    this.finish = finish;
  }

  @Override
  public Optional<RowBatch> read() {
    return reader.next();
  }

  @Override
  public RowBatch extract(RowBatch batch) {
    rows += batch.rows();
    collector.add(batch);
    return new RowBatch(0, List.of(), List.of(), batch.lines());
  }

  @Override
  public void write(RowBatch batch) {}

  @Override
  public RowsRead finish() {
    finish.accept(collector.identifiers());
    return new RowsRead(rows);
  }

  @Override
  public void close() {
    reader.close();
  }
}
