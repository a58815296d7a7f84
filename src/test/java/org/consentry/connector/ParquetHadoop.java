package org.consentry.connector;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;
import org.xerial.snappy.Snappy;

/** Reads part files with parquet-hadoop's own readers, page checksums verified. */
public final class ParquetHadoop {

  private ParquetHadoop() {}

  public static ParquetMetadata footer(Path file) throws IOException {
    try (ParquetFileReader reader = open(file)) {
      return reader.getFooter();
    }
  }

  /** The columns in row order: Long, String or null. */
  public static List<List<@Nullable Object>> columns(Path file) throws IOException {
    try (ParquetFileReader reader = open(file)) {
      MessageType type = reader.getFileMetaData().getSchema();
      String createdBy = reader.getFileMetaData().getCreatedBy();
      List<List<@Nullable Object>> columns = new ArrayList<>();
      type.getColumns().forEach(column -> columns.add(new ArrayList<>()));
      for (PageReadStore group = reader.readNextRowGroup();
          group != null;
          group = reader.readNextRowGroup()) {
        ColumnReadStoreImpl store =
            new ColumnReadStoreImpl(
                group, new GroupRecordConverter(type).getRootConverter(), type, createdBy);
        for (int i = 0; i < columns.size(); i++) {
          ColumnDescriptor descriptor = type.getColumns().get(i);
          read(store.getColumnReader(descriptor), descriptor, group.getRowCount(), columns.get(i));
        }
      }
      return columns;
    }
  }

  /** Values of an only column of numbers in the pages that may have a number, by column index. */
  public static List<Long> pagesWith(Path file, String column, long number) throws IOException {
    ParquetReadOptions options =
        options()
            .withRecordFilter(FilterCompat.get(FilterApi.eq(FilterApi.longColumn(column), number)))
            .useColumnIndexFilter()
            .build();
    List<Long> found = new ArrayList<>();
    try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file), options)) {
      MessageType type = reader.getFileMetaData().getSchema();
      for (PageReadStore group = reader.readNextFilteredRowGroup();
          group != null;
          group = reader.readNextFilteredRowGroup()) {
        ColumnReader values =
            new ColumnReadStoreImpl(
                    group, new GroupRecordConverter(type).getRootConverter(), type, "")
                .getColumnReader(type.getColumns().get(0));
        for (long i = 0; i < group.getRowCount(); i++) {
          found.add(values.getLong());
          values.consume();
        }
      }
    }
    return found;
  }

  private static void read(
      ColumnReader reader, ColumnDescriptor descriptor, long rows, List<@Nullable Object> into) {
    for (long i = 0; i < rows; i++) {
      if (reader.getCurrentDefinitionLevel() < descriptor.getMaxDefinitionLevel()) {
        into.add(null);
      } else {
        into.add(
            switch (descriptor.getPrimitiveType().getPrimitiveTypeName()) {
              case INT32 -> (Object) (long) reader.getInteger();
              case INT64 -> (Object) reader.getLong();
              default -> new String(reader.getBinary().getBytes(), StandardCharsets.UTF_8);
            });
      }
      reader.consume();
    }
  }

  private static ParquetFileReader open(Path file) throws IOException {
    return ParquetFileReader.open(new LocalInputFile(file), options().build());
  }

  private static ParquetReadOptions.Builder options() {
    return ParquetReadOptions.builder(new PlainParquetConfiguration())
        .withCodecFactory(new Codecs())
        .usePageChecksumVerification();
  }

  /** Decompressors that need no Hadoop installation. */
  private static final class Codecs implements CompressionCodecFactory {

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
      throw new UnsupportedOperationException("this factory only reads");
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
      return new Decompressor(codec);
    }

    @Override
    public void release() {}
  }

  private record Decompressor(CompressionCodecName codec)
      implements CompressionCodecFactory.BytesInputDecompressor {

    @Override
    public BytesInput decompress(BytesInput bytes, int decompressedSize) throws IOException {
      ByteArrayOutputStream compressed = new ByteArrayOutputStream();
      bytes.writeAllTo(compressed);
      return BytesInput.from(plain(compressed.toByteArray(), decompressedSize));
    }

    private byte[] plain(byte[] compressed, int size) throws IOException {
      return switch (codec) {
        case ZSTD -> Zstd.decompress(compressed, size);
        case SNAPPY -> Snappy.uncompress(compressed);
        case GZIP -> new GZIPInputStream(new ByteArrayInputStream(compressed)).readAllBytes();
        default -> compressed;
      };
    }

    @Override
    public void decompress(
        ByteBuffer input, int compressedSize, ByteBuffer output, int decompressedSize) {
      throw new UnsupportedOperationException("heap pages only");
    }

    @Override
    public void release() {}
  }
}
