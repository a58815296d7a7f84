package org.consentry.connector.parquet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.consentry.data.Column;
import org.jspecify.annotations.Nullable;

/**
 * One column of one row group: values become pages, pages are compressed as soon as they are full,
 * and everything goes to the file when the row group ends. A page is a data page of version 1,
 * which every reader knows.
 *
 * <p>A row group begins with a dictionary. A column whose first page shows that it does not pay, or
 * whose dictionary is full, goes on without one to the end of the row group. Not thread-safe.
 */
abstract sealed class ChunkWriter permits LongChunk, BytesChunk {

  private final ColumnDescriptor descriptor;
  private final PageTools tools;
  private final List<Page> pages = new ArrayList<>();
  private long bytes;
  private long rows;

  /** Rows of the page being filled. */
  final Presence presence;

  ChunkWriter(ColumnDescriptor descriptor, PageTools tools) {
    this.descriptor = descriptor;
    this.tools = tools;
    presence = new Presence(tools.layout().pageRows());
  }

  /** Tells that the column appended next may reuse the buffers of the one before. */
  void newBatch() {}

  /** Takes rows in; no more than the page has room for. */
  abstract void append(Column column, int from, int to) throws IOException;

  /** Ends the page being filled, if it has a row. */
  final void endPage() throws IOException {
    if (presence.rows() == 0) {
      return;
    }
    GrowingBytes body = tools.room().body;
    body.clear();
    presence.encode(body);
    Encoding encoding = encodeValues(body);
    Statistics<?> statistics = pageStatistics();
    byte[] compressed = tools.compressor().compress(body.array(), 0, body.size());
    pages.add(new Page(presence.rows(), body.size(), compressed, encoding, statistics));
    bytes += compressed.length;
    rows += presence.rows();
    presence.clear();
  }

  /** Appends the values of the page and forgets them. */
  abstract Encoding encodeValues(GrowingBytes out);

  /** Statistics of the page; null when there are none. Called after the values were encoded. */
  abstract @Nullable Statistics<?> pageStatistics();

  /** The dictionary in plain encoding and how many values it has; 0 for none. */
  abstract int dictionary(GrowingBytes out);

  /** Bytes of the dictionary so far. */
  abstract int dictionaryBytes();

  /** Statistics of the whole row group where pages have none. */
  abstract @Nullable Statistics<?> groupStatistics();

  /** Begins the next row group. */
  abstract void reset();

  final ColumnDescriptor descriptor() {
    return descriptor;
  }

  /** Bytes in memory for this row group: finished pages, compressed, and the dictionary. */
  final long bytes() {
    return bytes + dictionaryBytes();
  }

  /** Writes the column's part of the row group and begins the next. */
  final void flush(ParquetFileWriter writer) throws IOException {
    writer.startColumn(descriptor, rows, tools.compression().codec());
    writeDictionary(writer);
    for (Page page : pages) {
      writer.writeDataPage(
          page.rows,
          page.plainBytes,
          BytesInput.from(page.compressed),
          page.statistics,
          page.rows,
          Encoding.RLE,
          Encoding.RLE,
          page.encoding);
    }
    Statistics<?> statistics = groupStatistics();
    if (statistics != null) {
      writer.invalidateStatistics(statistics);
    }
    writer.endColumn();
    pages.clear();
    bytes = 0;
    rows = 0;
    reset();
  }

  private void writeDictionary(ParquetFileWriter writer) throws IOException {
    GrowingBytes body = tools.room().body;
    body.clear();
    int values = dictionary(body);
    if (values > 0) {
      byte[] compressed = tools.compressor().compress(body.array(), 0, body.size());
      writer.writeDictionaryPage(
          new DictionaryPage(BytesInput.from(compressed), body.size(), values, Encoding.PLAIN));
    }
  }

  /** A finished page; its arrays are shared with no one else. */
  private static final class Page {
    private final int rows;
    private final int plainBytes;
    private final byte[] compressed;
    private final Encoding encoding;
    private final @Nullable Statistics<?> statistics;

    private Page(
        int rows,
        int plainBytes,
        byte[] compressed,
        Encoding encoding,
        @Nullable Statistics<?> statistics) {
      this.rows = rows;
      this.plainBytes = plainBytes;
      this.compressed = compressed;
      this.encoding = encoding;
      this.statistics = statistics;
    }
  }
}
