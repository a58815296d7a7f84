package org.consentry.connector;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.Type;
import org.consentry.connector.parquet.ParquetTypes;
import org.consentry.data.FieldType;
import org.consentry.data.PartContent;

/**
 * Reads what finished part files say of themselves, by readers that had no hand in writing them.
 */
public final class PartFiles {

  private PartFiles() {}

  /**
   * Reads rows, names and, where the format knows them, types.
   *
   * @param format {@code csv} or {@code parquet}
   * @return empty for any other format, and when the file cannot be read as that format or holds a
   *     column of a type that is none of ours
   */
  public static Optional<PartContent> read(Path file, String format) {
    try {
      return switch (format) {
        case "csv" -> Optional.of(csv(file));
        case "parquet" -> parquet(file);
        default -> Optional.empty();
      };
    } catch (IOException | RuntimeException unreadable) {
      return Optional.empty();
    }
  }

  private static PartContent csv(Path file) throws IOException {
    try (CSVParser parser =
        CSVParser.builder()
            .setPath(file)
            .setCharset(StandardCharsets.UTF_8)
            .setFormat(CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get())
            .get()) {
      return new PartContent(parser.stream().count(), parser.getHeaderNames(), List.of());
    }
  }

  private static Optional<PartContent> parquet(Path file) throws IOException {
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
    }
  }
}
