package org.consentry.connector;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Consumer;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.consentry.connector.parquet.source.ParquetSource;

/** A folder of Parquet files that DuckDB or parquet-hadoop wrote. */
public record ParquetFolder(Path folder) {

  /** The table of that name. */
  public SourceTable table(String name) {
    return ParquetSource.FACTORY
        .open(new ParquetSource.Config(folder.toString()), Path.of(""))
        .table(name)
        .orElseThrow();
  }

  /** DuckDB writes the rows of a query. */
  public Path duck(String file, String query, String options) throws SQLException {
    Path path = folder.resolve(file);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("COPY (" + query + ") TO '" + path + "' (FORMAT parquet" + options + ")");
    }
    return path;
  }

  /**
   * parquet-hadoop writes rows.
   *
   * @param fields of the schema, in the words of the format
   * @param rows each fills a row
   */
  public Path hadoop(String file, String fields, WriterVersion version, List<Consumer<Group>> rows)
      throws IOException {
    MessageType type = MessageTypeParser.parseMessageType("message t { " + fields + " }");
    Path path = folder.resolve(file);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(path))
            .withConf(new PlainParquetConfiguration())
            .withType(type)
            .withCompressionCodec(CompressionCodecName.UNCOMPRESSED)
            .withWriterVersion(version)
            .withDictionaryEncoding(false)
            .withByteStreamSplitEncoding(version == WriterVersion.PARQUET_1_0)
            .build()) {
      for (Consumer<Group> row : rows) {
        Group group = new SimpleGroup(type);
        row.accept(group);
        writer.write(group);
      }
    }
    return path;
  }
}
