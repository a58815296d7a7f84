package org.consentry.export.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Types;
import org.consentry.export.Parallel;
import org.consentry.export.scan.Finding.Evidence;
import org.consentry.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The search of Parquet files. */
final class ParquetTableTest {

  @TempDir Path folder;

  private void write(String query, String options) throws Exception {
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute(
          "COPY ("
              + query
              + ") TO '"
              + folder.resolve("x.parquet")
              + "' (FORMAT parquet"
              + options
              + ")");
    }
  }

  private ScanResult scan() {
    IdentifierSet.Builder builder = new IdentifierSet.Builder(SipKey.random());
    builder.add("Kowalska");
    builder.add("AB1234567");
    builder.add("999-47-7160");
    return ReleaseScan.scan(
        folder, builder.build(), ScanRules.SAFE_HARBOR, Parallel.onCallingThread());
  }

  private static Finding identifier(String column, String kind, long row) {
    return new Finding("x.parquet", column, Evidence.IDENTIFIER, kind, 1, row);
  }

  @ParameterizedTest
  @ValueSource(strings = {"uncompressed", "snappy", "gzip", "zstd"})
  void findsACellWhateverTheCompression(String codec) throws Exception {
    write(
        "SELECT 2000 + i AS year, CASE i WHEN 7 THEN 'Kowalska' ELSE 'x' END AS code"
            + " FROM range(10) t(i)",
        ", COMPRESSION " + codec);

    ScanResult result = scan();

    assertThat(result.findings()).contains(identifier("code", "name", 8));
    assertThat(result.cells()).isEqualTo(20);
  }

  @Test
  void findsValuesOfEveryType() throws Exception {
    write(
        "SELECT DATE '2021-04-03' AS d, TIMESTAMP '2021-04-03 10:00:00' AS t,"
            + " 999477160 AS i, 999477160::BIGINT AS l, 999477160::DOUBLE AS f,"
            + " 999477.160::DECIMAL(18, 3) AS n, ['a', 'Kowalska'] AS r,"
            + " {'inner': 'Kowalska'} AS s",
        "");

    assertThat(scan().findings())
        .contains(
            new Finding("x.parquet", "d", Evidence.LIMIT, "date", 1, 1),
            new Finding("x.parquet", "t", Evidence.LIMIT, "date", 1, 1),
            identifier("i", "number", 1),
            identifier("l", "number", 1),
            identifier("n", "number", 1),
            identifier("r.list.element", "name", 1),
            identifier("s.inner", "name", 1));
  }

  @Test
  void findsMetadataOfTheFooter() throws Exception {
    write("SELECT 1 AS x", ", KV_METADATA {about: 'made for Kowalska', AB_1234567: 'x'}");

    assertThat(scan().findings())
        .extracting(Finding::column, Finding::kind)
        .containsOnly(
            tuple("(metadata)", "name"),
            tuple("(metadata)", "number"),
            tuple("(metadata)", "record-number"));
  }

  @Test
  void findsTheNameOfAColumnAndDoesNotRepeatIt() throws Exception {
    write("SELECT 'AB1234567' AS \"Kowalska\"", "");

    assertThat(scan().findings())
        .extracting(Finding::column, Finding::kind)
        .containsExactly(
            tuple("(column 1)", "number"),
            tuple("(column 1)", "record-number"),
            tuple("(schema)", "name"));
  }

  @Test
  void findsAValueThatOnlyTheDictionaryHas() throws Exception {
    crafted(List.of("x", "y", "Kowalska"), "x", "y");

    assertThat(scan().findings()).containsExactly(identifier("code", "name", 0));
  }

  @Test
  void findsAValueThatOnlyTheStatisticsHave() throws Exception {
    crafted(List.of("x", "y"), "Kowalska", "y");

    assertThat(scan().findings()).containsExactly(identifier("code", "name", 0));
  }

  @Test
  void refusesAFileThatIsCutOff() throws Exception {
    write("SELECT 1 AS x", "");
    byte[] whole = Files.readAllBytes(folder.resolve("x.parquet"));
    Files.write(folder.resolve("x.parquet"), Arrays.copyOf(whole, whole.length - 3));

    assertThatThrownBy(this::scan)
        .isInstanceOf(ProblemException.class)
        .hasMessage(
            "x.parquet: error SCAN_UNREADABLE the file cannot be read whole: it is damaged, cut"
                + " off, encrypted or closed to this user; write the folder again");
  }

  @Test
  void refusesAFileWithAnEncryptedFooter() throws Exception {
    write("SELECT 1 AS x", "");
    byte[] bytes = Files.readAllBytes(folder.resolve("x.parquet"));
    byte[] magic = "PARE".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(magic, 0, bytes, 0, 4);
    System.arraycopy(magic, 0, bytes, bytes.length - 4, 4);
    Files.write(folder.resolve("x.parquet"), bytes);

    assertThatThrownBy(this::scan)
        .isInstanceOf(ProblemException.class)
        .hasMessageStartingWith("x.parquet: error SCAN_UNREADABLE ");
  }

  @Test
  void refusesAPageWithAFlippedBit() throws Exception {
    crafted(List.of("x", "y"), "x", "y");
    byte[] bytes = Files.readAllBytes(folder.resolve("x.parquet"));
    bytes[4] ^= 0x40;
    Files.write(folder.resolve("x.parquet"), bytes);

    assertThatThrownBy(this::scan).isInstanceOf(ProblemException.class);
  }

  /** One column with two rows, {@code x} and {@code y}, and any dictionary and statistics. */
  private void crafted(List<String> dictionary, String least, String most) throws IOException {
    PrimitiveType column =
        Types.required(PrimitiveType.PrimitiveTypeName.BINARY)
            .as(LogicalTypeAnnotation.stringType())
            .named("code");
    MessageType type = new MessageType("t", column);
    ByteArrayOutputStream words = new ByteArrayOutputStream();
    for (String word : dictionary) {
      words.writeBytes(new byte[] {(byte) word.length(), 0, 0, 0});
      words.writeBytes(word.getBytes(StandardCharsets.US_ASCII));
    }
    Statistics<?> statistics = Statistics.createStats(column);
    statistics.updateStats(Binary.fromString(least));
    statistics.updateStats(Binary.fromString(most));
    try (ParquetFileWriter writer =
        new ParquetFileWriter(
            new LocalOutputFile(folder.resolve("x.parquet")),
            type,
            ParquetFileWriter.Mode.CREATE,
            Long.MAX_VALUE,
            0,
            null,
            ParquetProperties.builder().build())) {
      writer.start();
      writer.startBlock(2);
      writer.startColumn(type.getColumns().get(0), 2, CompressionCodecName.UNCOMPRESSED);
      writer.writeDictionaryPage(
          new DictionaryPage(
              BytesInput.from(words.toByteArray()), dictionary.size(), Encoding.PLAIN));
      byte[] ids = {2, 2, 0, 2, 1};
      writer.writeDataPage(
          2,
          ids.length,
          BytesInput.from(ids),
          statistics,
          2,
          Encoding.RLE,
          Encoding.RLE,
          Encoding.RLE_DICTIONARY);
      writer.endColumn();
      writer.endBlock();
      writer.end(Map.of());
    }
  }
}
