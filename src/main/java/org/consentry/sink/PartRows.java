package org.consentry.sink;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;

/** Counts the rows of a finished part file, by readers that had no hand in writing it. */
public final class PartRows {

  private PartRows() {}

  /**
   * Counts.
   *
   * @param format {@code csv} or {@code parquet}
   * @return empty for any other format; -1 when the file cannot be read as that format
   */
  public static OptionalLong count(Path file, String format) {
    try {
      return switch (format) {
        case "csv" -> OptionalLong.of(csv(file));
        case "parquet" -> OptionalLong.of(parquet(file));
        default -> OptionalLong.empty();
      };
    } catch (IOException | RuntimeException unreadable) {
      return OptionalLong.of(-1);
    }
  }

  private static long csv(Path file) throws IOException {
    try (CSVParser parser =
        CSVParser.builder()
            .setPath(file)
            .setCharset(StandardCharsets.UTF_8)
            .setFormat(CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get())
            .get()) {
      return parser.stream().count();
    }
  }

  private static long parquet(Path file) throws IOException {
    ParquetReadOptions options =
        ParquetReadOptions.builder(new PlainParquetConfiguration()).build();
    try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file), options)) {
      return reader.getRecordCount();
    }
  }
}
