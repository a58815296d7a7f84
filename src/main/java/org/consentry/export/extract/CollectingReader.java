package org.consentry.export.extract;

import java.util.Optional;
import org.consentry.connector.BatchReader;
import org.consentry.data.RowBatch;

/** Reads a split and collects the identifiers of its rows on the way. */
public final class CollectingReader implements BatchReader {

  private final BatchReader reader;
  private final IdentifierCollector collector;

  /** Reads batches that have the columns of the collector. */
  public CollectingReader(BatchReader reader, IdentifierCollector collector) {
    this.reader = reader;
    this.collector = collector;
  }

  @Override
  public Optional<RowBatch> next() {
    Optional<RowBatch> batch = reader.next();
    batch.ifPresent(collector::add);
    return batch;
  }

  @Override
  public void close() {
    reader.close();
  }
}
