package org.consentry.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.data.Field;
import org.consentry.data.FieldType;
import org.consentry.data.PartContent;
import org.consentry.data.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a part file contains is read by another library, or it is reported as unreadable. */
final class PartContentTest {

  private static final List<Field> FIELDS =
      List.of(
          new Field("code", FieldType.CODE, "A code"),
          new Field("age", FieldType.INTEGER, ""),
          new Field("charge", FieldType.decimal(9, 2), ""),
          new Field("day", FieldType.DATE, ""),
          new Field("at", FieldType.TIMESTAMP, ""));

  @TempDir private Path folder;

  private Path written(String format) throws IOException {
    Path file = folder.resolve("part." + format);
    Table table =
        Table.of(
            FIELDS,
            List.of(
                Table.column("a", null, "c,\n\"d"),
                Table.column(1L, 2L, null),
                Table.column(100L, null, 300L),
                Table.column(null, 19_000L, 19_001L),
                Table.column(0L, 1L, 2L)));
    Sink sink = Connectors.SHIPPED.output(format).orElseThrow().get(0);
    try (PartWriter writer = sink.open(file, table.schema(), Map.of())) {
      writer.write(table.batches(3).get(0));
      writer.finish();
    }
    return file;
  }

  private static Optional<PartContent> content(Path file, String format) {
    return Connectors.SHIPPED.content(file, format);
  }

  @Test
  void aParquetFileHasRowsNamesAndTypes() throws IOException {
    PartContent content = content(written("parquet"), "parquet").orElseThrow();

    assertThat(content.rows()).isEqualTo(3);
    assertThat(content.names()).containsExactly("code", "age", "charge", "day", "at");
    assertThat(content.types().subList(1, 5))
        .containsExactly(
            FieldType.INTEGER, FieldType.decimal(9, 2), FieldType.DATE, FieldType.TIMESTAMP);
  }

  @Test
  void aCsvFileHasRowsAndNamesAndNoTypes() throws IOException {
    assertThat(content(written("csv"), "csv"))
        .contains(new PartContent(3, List.of("code", "age", "charge", "day", "at"), List.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "parquet"})
  void aFileWithoutRowsHasItsColumns(String format) throws IOException {
    Path file = folder.resolve("part." + format);
    Sink sink = Connectors.SHIPPED.output(format).orElseThrow().get(0);
    try (PartWriter writer = sink.open(file, new Schema("t", FIELDS), Map.of())) {
      writer.finish();
    }

    PartContent content = content(file, format).orElseThrow();

    assertThat(content.rows()).isZero();
    assertThat(content.names()).hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "parquet"})
  void aMissingFileCannotBeRead(String format) {
    assertThat(content(folder.resolve("nothing"), format)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "parquet"})
  void aFolderCannotBeRead(String format) {
    assertThat(content(folder, format)).isEmpty();
  }

  @Test
  void anUnknownFormatCannotBeRead() throws IOException {
    assertThat(content(written("csv"), "xlsx")).isEmpty();
  }

  @Test
  void aParquetFileThatIsCutOffAnywhereCannotBeRead() throws IOException {
    byte[] whole = Files.readAllBytes(written("parquet"));
    Path cut = folder.resolve("cut.parquet");

    for (int length = 0; length < whole.length; length += 1 + length / 40) {
      Files.write(cut, Arrays.copyOf(whole, length));
      assertThat(content(cut, "parquet")).as("%d of %d bytes", length, whole.length).isEmpty();
    }
  }

  @Test
  void aParquetFileWithAWrongFooterLengthCannotBeRead() throws IOException {
    byte[] whole = Files.readAllBytes(written("parquet"));
    Path damaged = folder.resolve("damaged.parquet");

    for (int length : new int[] {0, 1, whole.length, Integer.MAX_VALUE, -1}) {
      byte[] bytes = whole.clone();
      for (int i = 0; i < 4; i++) {
        bytes[bytes.length - 8 + i] = (byte) (length >>> (8 * i));
      }
      Files.write(damaged, bytes);
      assertThat(content(damaged, "parquet")).as("length %d", length).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "P", "PAR1", "PAR1PAR1", "PAR1\0\0\0\0PAR1", "a,b\n1,2\n"})
  void whatIsNoParquetFileCannotBeRead(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("text.parquet"), text);

    assertThat(content(file, "parquet")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a,b\n1,\"2\n", "a,b\n1,\"2\"x\n"})
  void aCsvFileWithBadQuotesCannotBeRead(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("text.csv"), text, StandardCharsets.UTF_8);

    assertThat(content(file, "csv")).isEmpty();
  }

  @Test
  void aRowThatWasRemovedFromACsvFileIsMissed() throws IOException {
    Path file = written("csv");
    String text = Files.readString(file);

    Files.writeString(file, text.substring(0, text.lastIndexOf("\r\n", text.length() - 3) + 2));

    assertThat(content(file, "csv").orElseThrow().rows()).isEqualTo(2);
  }
}
