package org.consentry.export.scan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.DictionaryPageReadStore;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.internal.column.columnindex.ColumnIndex;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.consentry.export.scan.Finding.Evidence;

/**
 * Searches one Parquet file: cells, dictionaries, statistics of column chunks and pages, key-value
 * metadata, the name of the writer, names in the schema. For one thread.
 */
final class ParquetTable {

  private static final long BYTES_OF_RANGE = 128L << 20;

  private final ParquetFileReader reader;
  private final MessageType schema;
  private final List<ColumnDescriptor> descriptors;
  private final TableScan table;
  private final TextScan footer;
  private final List<Finding> findings = new ArrayList<>();
  private final String file;

  private ParquetTable(ParquetFileReader reader, String file, IdentifierSet set, ScanRules rules) {
    this.reader = reader;
    this.file = file;
    schema = reader.getFileMetaData().getSchema();
    descriptors = schema.getColumns();
    List<String> names =
        descriptors.stream().map(column -> String.join(".", column.getPath())).toList();
    table =
        new TableScan(set, rules, file, TextScan.shown(names, set, rules), CellSearch.Place.CELL);
    footer = new TextScan(set, rules, file, CellSearch.Place.TEXT);
  }

  /**
   * Searches a file.
   *
   * @param range the row groups to search; the first range has the footer
   * @throws IOException when it cannot be read whole; the message has nothing of its content
   */
  static TableScan scan(
      Path path, Range range, String file, IdentifierSet set, ScanRules rules, List<Finding> into)
      throws IOException {
    ParquetReadOptions options =
        ParquetReadOptions.builder(new PlainParquetConfiguration())
            .withCodecFactory(new PageDecompressors())
            .usePageChecksumVerification()
            .build();
    try (ParquetFileReader reader = ParquetFileReader.open(new ParquetInput(path), options)) {
      ParquetTable scan = new ParquetTable(reader, file, set, rules);
      scan.groups(range);
      if (range.isFirst()) {
        scan.footer();
      }
      into.addAll(scan.findings);
      into.addAll(scan.footer.findings());
      return scan.table;
    } catch (RuntimeException damaged) {
      throw new IOException("the file is damaged, encrypted or cut off");
    }
  }

  private void footer() throws IOException {
    reader
        .getFileMetaData()
        .getKeyValueMetaData()
        .forEach(
            (key, value) -> {
              footer.line("(metadata)", key);
              footer.text("(metadata)", value);
            });
    footer.line("(metadata)", String.valueOf(reader.getFileMetaData().getCreatedBy()));
    footer.line("(schema)", schema.getName());
    schema.getPaths().forEach(path -> footer.line("(schema)", String.join(" ", path)));
  }

  private void groups(Range range) throws IOException {
    List<BlockMetaData> groups = reader.getFooter().getBlocks();
    for (int g = (int) range.from(); g < Math.min(range.to(), groups.size()); g++) {
      rows(reader.readRowGroup(g));
      DictionaryPageReadStore dictionaries = reader.getDictionaryReader(groups.get(g));
      List<ColumnChunkMetaData> chunks = groups.get(g).getColumns();
      for (int i = 0; i < chunks.size(); i++) {
        chunk(chunks.get(i), i, dictionaries);
      }
    }
  }

  /** Ranges of row groups, each large enough to pay for the memory of cells it begins with. */
  static List<Range> ranges(Path path) throws IOException {
    try (ParquetFileReader reader =
        ParquetFileReader.open(
            new ParquetInput(path),
            ParquetReadOptions.builder(new PlainParquetConfiguration()).build())) {
      List<Range> ranges = new ArrayList<>();
      long bytes = 0;
      int from = 0;
      for (int g = 0; g < reader.getRowGroups().size(); g++) {
        bytes += reader.getRowGroups().get(g).getTotalByteSize();
        if (bytes >= BYTES_OF_RANGE) {
          ranges.add(new Range(from, g + 1));
          from = g + 1;
          bytes = 0;
        }
      }
      if (bytes > 0 || ranges.isEmpty()) {
        ranges.add(new Range(from, Math.max(from + 1, reader.getRowGroups().size())));
      }
      return ranges;
    } catch (RuntimeException damaged) {
      throw new IOException("the file is damaged, encrypted or cut off");
    }
  }

  private void chunk(ColumnChunkMetaData chunk, int column, DictionaryPageReadStore dictionaries)
      throws IOException {
    PrimitiveType type = chunk.getPrimitiveType();
    Statistics<?> statistics = chunk.getStatistics();
    if (statistics != null && statistics.hasNonNullValue()) {
      table.extra(column, ParquetText.ofBytes(statistics.getMinBytes(), type));
      table.extra(column, ParquetText.ofBytes(statistics.getMaxBytes(), type));
    }
    ColumnIndex index = reader.readColumnIndex(chunk);
    if (index != null) {
      bounds(index.getMinValues(), column, type);
      bounds(index.getMaxValues(), column, type);
    }
    DictionaryPage page = dictionaries.readDictionaryPage(descriptors.get(column));
    if (page != null) {
      Dictionary dictionary = page.getEncoding().initDictionary(descriptors.get(column), page);
      for (int id = 0; id <= dictionary.getMaxId(); id++) {
        CellBytes text = new CellBytes(64);
        ParquetText.add(dictionary, id, type, text);
        table.extra(column, text.toByteArray());
      }
    }
    if (chunk.getBloomFilterOffset() >= 0) {
      findings.add(
          new Finding(file, table.name(column), Evidence.NOT_SEARCHED, "bloom-filter", 1, 0));
    }
  }

  private void bounds(List<ByteBuffer> values, int column, PrimitiveType type) {
    for (ByteBuffer value : values) {
      byte[] bytes = new byte[value.remaining()];
      value.duplicate().get(bytes);
      if (bytes.length > 0) {
        table.extra(column, ParquetText.ofBytes(bytes, type));
      }
    }
  }

  private void rows(PageReadStore group) throws IOException {
    CellBytes bytes = new CellBytes(1 << 20);
    List<ParquetCells> cells =
        descriptors.stream().map(column -> new ParquetCells(column, bytes)).toList();
    ColumnReadStoreImpl store =
        new ColumnReadStoreImpl(
            group,
            ParquetCells.receiver(schema, cells.iterator()),
            schema,
            reader.getFileMetaData().getCreatedBy());
    List<ColumnReader> readers = descriptors.stream().map(store::getColumnReader).toList();
    group(readers, cells, bytes, group.getRowCount());
  }

  /**
   * Searches the rows of a group.
   *
   * @param bytes has the values of all dictionaries
   */
  private void group(
      List<ColumnReader> readers, List<ParquetCells> cells, CellBytes bytes, long rows)
      throws IOException {
    CellBatch batch = new CellBatch();
    batch.decided = cells.stream().map(ParquetCells::decided).toArray(DecidedValues[]::new);
    int dictionaries = bytes.size;
    for (long from = 0; from < rows; from += CsvReader.ROWS) {
      int count = (int) Math.min(CsvReader.ROWS, rows - from);
      batch.reset(readers.size(), count);
      bytes.size = dictionaries;
      for (int column = 0; column < readers.size(); column++) {
        ColumnReader values = readers.get(column);
        ParquetCells columnCells = cells.get(column);
        for (int row = 0; row < count; row++) {
          columnCells.next(values, batch, column, row);
        }
      }
      batch.bytes = bytes.array;
      table.scan(batch);
    }
  }
}
