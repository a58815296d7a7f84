package org.consentry.connector.parquet;

import java.nio.file.Path;
import java.util.Map;
import org.consentry.connector.PartWriter;
import org.consentry.connector.Sink;
import org.consentry.data.Schema;

/**
 * Apache Parquet with real types: DATE, TIMESTAMP in microseconds, INT64, DECIMAL and STRING, every
 * column optional. The metadata goes to the footer.
 */
public final class ParquetSink implements Sink {

  private final Compression compression;
  private final PageLayout layout;

  public ParquetSink(Compression compression, PageLayout layout) {
    this.compression = compression;
    this.layout = layout;
  }

  @Override
  public String format() {
    return "parquet";
  }

  @Override
  public String extension() {
    return "parquet";
  }

  @Override
  public String mediaType() {
    return "application/vnd.apache.parquet";
  }

  /**
   * {@inheritDoc} The footer also holds {@code PANDAS_ATTRS} with the columns' descriptions, unless
   * the caller passes that key.
   */
  @Override
  public PartWriter open(Path file, Schema schema, Map<String, String> metadata) {
    return new ParquetPart(file, schema, metadata, compression, layout);
  }
}
