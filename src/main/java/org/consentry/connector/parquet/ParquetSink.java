package org.consentry.connector.parquet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.Type;
import org.consentry.connector.PartWriter;
import org.consentry.connector.Sink;
import org.consentry.data.FieldType;
import org.consentry.data.PartContent;
import org.consentry.data.Schema;

/**
 * Apache Parquet with real types: DATE, TIMESTAMP in microseconds, INT64, DECIMAL and STRING, every
 * column optional. The metadata goes to the footer.
 */
public final class ParquetSink implements Sink {

  private final Compression compression;
  private final PageLayout layout;

  /** Zstandard and pages of the usual size. */
  public ParquetSink() {
    this(Compression.ZSTD, PageLayout.DEFAULT);
  }

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
   * {@inheritDoc} The footer also has {@code PANDAS_ATTRS} with the columns' descriptions, unless
   * the caller passes that key.
   */
  @Override
  public PartWriter open(Path file, Schema schema, Map<String, String> metadata) {
    return new ParquetPart(file, schema, metadata, compression, layout);
  }

  /** {@inheritDoc} parquet-java reads the footer. */
  @Override
  public Optional<PartContent> content(Path file) {
    ParquetReadOptions options =
        ParquetReadOptions.builder(new PlainParquetConfiguration()).build();
    try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file), options)) {
      List<String> names = new ArrayList<>();
      List<FieldType> types = new ArrayList<>();
      for (Type column : reader.getFileMetaData().getSchema().getFields()) {
        names.add(column.getName());
        ParquetTypes.read(column).ifPresent(types::add);
      }
      return types.size() == names.size()
          ? Optional.of(new PartContent(reader.getRecordCount(), names, types))
          : Optional.empty();
    } catch (IOException | RuntimeException unreadable) {
      return Optional.empty();
    }
  }
}
