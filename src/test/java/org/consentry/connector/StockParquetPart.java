package org.consentry.connector;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.consentry.connector.parquet.ColumnDescriptions;
import org.consentry.connector.parquet.Compression;
import org.consentry.connector.parquet.PageCompressor;
import org.consentry.connector.parquet.ParquetPart;
import org.consentry.connector.parquet.ParquetTypes;
import org.consentry.connector.parquet.PartOutputFile;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.LongColumn;
import org.consentry.data.RowBatch;
import org.consentry.data.Schema;

/**
 * The reference implementation of {@link ParquetPart}: the same file through parquet-hadoop's own
 * column writers, column by column.
 */
public final class StockParquetPart implements PartWriter {

  private static final int GROUP_ROWS = 1 << 20;
  private static final int SLICE_ROWS = 1 << 12;
  private static final int OUTPUT_BYTES = 1 << 18;

  private final Path file;
  private final BatchCheck check;
  private final MessageType type;
  private final Map<String, String> footer;
  private final ParquetProperties properties = ParquetProperties.builder().build();
  private final Compressor compressor;
  private final PartOutput output;
  private final ParquetFileWriter writer;
  private ColumnChunkPageWriteStore pages;
  private ColumnWriteStore columns;
  private int groupRows;
  private long rows;

  public StockParquetPart(
      Path file, Schema schema, Map<String, String> metadata, Compression compression) {
    this.file = file;
    check = new BatchCheck(file, schema);
    type = ParquetTypes.of(schema);
    footer = ColumnDescriptions.footer(schema, metadata);
    compressor = new Compressor(compression);
    pages = pages();
    columns = properties.newColumnWriteStore(type, pages, pages);
    output = PartOutput.create(file, OUTPUT_BYTES);
    try {
      writer =
          new ParquetFileWriter(
              new PartOutputFile(output),
              type,
              ParquetFileWriter.Mode.CREATE,
              Long.MAX_VALUE,
              0,
              null,
              properties);
      writer.start();
    } catch (IOException e) {
      throw WriteFailure.of(file, e);
    }
  }

  private ColumnChunkPageWriteStore pages() {
    return new ColumnChunkPageWriteStore(
        compressor,
        type,
        HeapByteBufferAllocator.getInstance(),
        properties.getColumnIndexTruncateLength(),
        properties.getPageWriteChecksumEnabled());
  }

  @Override
  public void write(RowBatch batch) {
    check.check(batch);
    try {
      for (int from = 0; from < batch.rows(); ) {
        int to = Math.min(from + SLICE_ROWS - groupRows % SLICE_ROWS, batch.rows());
        slice(batch.columns(), from, to);
        from = to;
      }
    } catch (IOException e) {
      throw WriteFailure.of(file, e);
    }
  }

  private void slice(List<Column> batch, int from, int to) throws IOException {
    for (int i = 0; i < batch.size(); i++) {
      ColumnDescriptor descriptor = type.getColumns().get(i);
      ColumnWriter target = columns.getColumnWriter(descriptor);
      if (batch.get(i) instanceof BytesColumn bytes) {
        put(bytes, target, from, to);
      } else {
        boolean narrow =
            descriptor.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT32;
        put(((LongColumn) batch.get(i)).values(), narrow, target, from, to);
      }
    }
    for (int row = from; row < to; row++) {
      columns.endRecord();
    }
    groupRows += to - from;
    rows += to - from;
    if (groupRows == GROUP_ROWS) {
      endGroup();
    }
  }

  private static void put(BytesColumn column, ColumnWriter target, int from, int to) {
    for (int row = from; row < to; row++) {
      int start = column.starts()[row];
      if (start == BytesColumn.MISSING) {
        target.writeNull(0, 0);
      } else {
        int length = column.ends()[row] - start;
        target.write(Binary.fromReusedByteArray(column.buffer(), start, length), 0, 1);
      }
    }
  }

  private static void put(long[] values, boolean narrow, ColumnWriter target, int from, int to) {
    for (int row = from; row < to; row++) {
      long value = values[row];
      if (value == LongColumn.MISSING) {
        target.writeNull(0, 0);
      } else if (narrow) {
        target.write((int) value, 0, 1);
      } else {
        target.write(value, 0, 1);
      }
    }
  }

  private void endGroup() throws IOException {
    writer.startBlock(groupRows);
    columns.flush();
    pages.flushToFileWriter(writer);
    writer.endBlock();
    columns.close();
    pages.close();
    groupRows = 0;
    pages = pages();
    columns = properties.newColumnWriteStore(type, pages, pages);
  }

  @Override
  public PartFile finish() {
    try {
      if (groupRows > 0) {
        endGroup();
      }
      writer.end(footer);
      return output.finish(rows);
    } catch (IOException e) {
      throw WriteFailure.of(file, e);
    }
  }

  @Override
  public void close() {
    columns.close();
    pages.close();
    compressor.release();
    output.close();
  }

  private static final class Compressor implements BytesInputCompressor {

    private final Compression compression;
    private final PageCompressor pages;

    private Compressor(Compression compression) {
      this.compression = compression;
      pages = compression.open();
    }

    @Override
    public BytesInput compress(BytesInput bytes) throws IOException {
      ByteArrayOutputStream plain = new ByteArrayOutputStream(Math.toIntExact(bytes.size()));
      bytes.writeAllTo(plain);
      return BytesInput.from(pages.compress(plain.toByteArray(), 0, plain.size()));
    }

    @Override
    public CompressionCodecName getCodecName() {
      return compression.codec();
    }

    @Override
    public void release() {
      pages.close();
    }
  }
}
