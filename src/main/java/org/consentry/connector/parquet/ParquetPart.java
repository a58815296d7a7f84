package org.consentry.connector.parquet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.consentry.connector.BatchCheck;
import org.consentry.connector.PartOutput;
import org.consentry.connector.PartWriter;
import org.consentry.connector.WriteFailure;
import org.consentry.data.Column;
import org.consentry.data.RowBatch;
import org.consentry.data.Schema;

/**
 * Writes one Parquet file. The pages are ours, made column by column from whole batches; headers,
 * indexes and footer are parquet-hadoop's. The bytes depend on the rows and the metadata alone, not
 * on how the rows are cut into batches, nor on a clock.
 */
public final class ParquetPart implements PartWriter {

  private static final int OUTPUT_BYTES = 1 << 18;

  private final Path file;
  private final BatchCheck check;
  private final PageLayout layout;
  private final Map<String, String> footer;
  private final PageCompressor compressor;
  private final ChunkWriter[] chunks;
  private final PartOutput output;
  private final ParquetFileWriter writer;
  private int groupRows;
  private long rows;

  ParquetPart(
      Path file,
      Schema schema,
      Map<String, String> metadata,
      Compression compression,
      PageLayout layout) {
    this.file = file;
    this.layout = layout;
    check = new BatchCheck(file, schema);
    footer = ColumnDescriptions.footer(schema, metadata);
    MessageType type = ParquetTypes.of(schema);
    output = PartOutput.create(file, OUTPUT_BYTES);
    compressor = compression.open();
    PageTools tools = new PageTools(layout, compression, compressor, new PageRoom(layout));
    chunks =
        type.getColumns().stream().map(column -> chunk(column, tools)).toArray(ChunkWriter[]::new);
    try {
      writer = writer(type, output);
    } catch (IOException e) {
      close();
      throw WriteFailure.of(file, e);
    }
  }

  private static ChunkWriter chunk(ColumnDescriptor column, PageTools tools) {
    boolean text = column.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY;
    return text ? new BytesChunk(column, tools) : new LongChunk(column, tools);
  }

  private static ParquetFileWriter writer(MessageType type, PartOutput output) throws IOException {
    ParquetFileWriter writer =
        new ParquetFileWriter(
            new PartOutputFile(output),
            type,
            ParquetFileWriter.Mode.CREATE,
            Long.MAX_VALUE,
            0,
            null,
            ParquetProperties.builder().build());
    writer.start();
    return writer;
  }

  @Override
  public void write(RowBatch batch) {
    check.check(batch);
    for (ChunkWriter chunk : chunks) {
      chunk.newBatch();
    }
    try {
      for (int from = 0; from < batch.rows(); ) {
        int to = Math.min(from + layout.pageRows() - groupRows % layout.pageRows(), batch.rows());
        append(batch.columns(), from, to);
        from = to;
      }
    } catch (IOException e) {
      throw WriteFailure.of(file, e);
    }
  }

  private void append(List<Column> columns, int from, int to) throws IOException {
    for (int i = 0; i < chunks.length; i++) {
      chunks[i].append(columns.get(i), from, to);
    }
    groupRows += to - from;
    rows += to - from;
    if (groupRows % layout.pageRows() == 0) {
      endPages();
      if (groupRows == layout.groupRows() || groupBytes() >= layout.groupBytes()) {
        endGroup();
      }
    }
  }

  private void endPages() throws IOException {
    for (ChunkWriter chunk : chunks) {
      chunk.endPage();
    }
  }

  private long groupBytes() {
    long bytes = 0;
    for (ChunkWriter chunk : chunks) {
      bytes += chunk.bytes();
    }
    return bytes;
  }

  private void endGroup() throws IOException {
    writer.startBlock(groupRows);
    for (ChunkWriter chunk : chunks) {
      chunk.flush(writer);
    }
    writer.endBlock();
    groupRows = 0;
  }

  @Override
  public PartFile finish() {
    try {
      if (groupRows > 0) {
        endPages();
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
    compressor.close();
    output.close();
  }
}
