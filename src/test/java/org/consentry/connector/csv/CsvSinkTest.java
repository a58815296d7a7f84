package org.consentry.connector.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.consentry.connector.DuckDb;
import org.consentry.connector.PartWriter;
import org.consentry.connector.PartWriter.PartFile;
import org.consentry.connector.PlainText;
import org.consentry.connector.RandomTable;
import org.consentry.connector.Sink;
import org.consentry.connector.Table;
import org.consentry.data.Field;
import org.consentry.data.FieldType;
import org.consentry.data.LongColumn;
import org.consentry.data.RowBatch;
import org.consentry.data.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CsvSinkTest {

  private static final Sink CSV = new CsvSink();

  private final Path folder;

  CsvSinkTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void writesHeaderTypesAndMissingValues() throws IOException {
    Table table =
        Table.of(
            List.of(
                new Field("code", FieldType.CODE, ""),
                new Field("age, years", FieldType.INTEGER, ""),
                new Field("charge", FieldType.decimal(9, 2), ""),
                new Field("on", FieldType.DATE, ""),
                new Field("at", FieldType.TIMESTAMP, "")),
            List.of(
                Table.column("A1", null),
                Table.column(90L, null),
                Table.column(-5L, null),
                Table.column(19_782L, null),
                Table.column(1_709_210_096_000_000L, null)));

    assertThat(written(table))
        .isEqualTo(
            """
            code,"age, years",charge,on,at
            A1,90,-0.05,2024-02-29,2024-02-29T12:34:56
            ,,,,
            """
                .replace("\n", "\r\n"));
  }

  @Test
  void escapesFormulasWithASingleQuoteAndNothingElse() throws IOException {
    Table table =
        Table.of(
            List.of(
                new Field("a", FieldType.TEXT, ""),
                new Field("b", FieldType.CODE, ""),
                new Field("n", FieldType.INTEGER, ""),
                new Field("c", FieldType.CODE, "")),
            List.of(
                Table.column("=1+2", "@x,y", "\tz", null, "'=q"),
                Table.column("+1", "-", "a-b", "", "x"),
                Table.column(-5L, null, -1L, 2L, 3L),
                Table.column("k", "l", "m", "n", "o")));
    Path file = folder.resolve("escaped.csv");

    Table.write(CSV.escapingFormulas().orElseThrow(), file, table.schema(), table.batches());

    assertThat(Files.readString(file))
        .isEqualTo(
            """
            a,b,n,c
            '=1+2,'+1,-5,k
            "'@x,y",'-,,l
            '\tz,a-b,-1,m
            ,,2,n
            '=q,x,3,o
            """
                .replace("\n", "\r\n"));
  }

  @Test
  void quotesOnlyWhereRfc4180AsksForIt() throws IOException {
    Table table =
        Table.of(
            List.of(new Field("a", FieldType.TEXT, ""), new Field("b", FieldType.TEXT, "")),
            List.of(
                Table.column("plain", "a,b", "write \"hi\"", "=1+2", " spaces ", "line\nbreak"),
                Table.column("O'Néill-Ñ", "\r", "\"", "+1,5", "long enough to be two words", "-")));

    assertThat(written(table))
        .isEqualTo(
            "a,b\r\n"
                + "plain,O'Néill-Ñ\r\n"
                + "\"a,b\",\"\r\"\r\n"
                + "\"write \"\"hi\"\"\",\"\"\"\"\r\n"
                + "=1+2,\"+1,5\"\r\n"
                + " spaces ,long enough to be two words\r\n"
                + "\"line\nbreak\",-\r\n");
  }

  @Test
  void writesQuotesForAMissingValueOfAnOnlyColumnSoThatTheLineIsNotEmpty() throws IOException {
    Table table =
        Table.of(
            List.of(new Field("a", FieldType.TEXT, "")), List.of(Table.column("x", null, "y")));

    assertThat(written(table)).isEqualTo("a\r\nx\r\n\"\"\r\ny\r\n");
  }

  @Test
  void writesTheHeaderOfAnEmptyTable() throws IOException {
    Table table = Table.of(List.of(new Field("a", FieldType.TEXT, "")), List.of(Table.column()));

    assertThat(written(table)).isEqualTo("a\r\n");
  }

  @Test
  void reportsSizeRowsAndDigest() throws Exception {
    Table table =
        Table.of(List.of(new Field("a", FieldType.TEXT, "")), List.of(Table.column("x", "y")));
    Path file = folder.resolve("part-00000.csv");

    PartFile part = Table.write(CSV, file, table.schema(), table.batches(1));

    byte[] bytes = Files.readAllBytes(file);
    String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    assertThat(part).isEqualTo(new PartFile(2, bytes.length, digest));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void readsBackAsItWasWritten(long seed) throws Exception {
    Table table = RandomTable.make(new SplittableRandom(seed), 3_000);
    Path file = folder.resolve("part.csv");

    Table.write(CSV, file, table.schema(), table.batches(new SplittableRandom(seed), 700));

    assertThat(DuckDb.csv(file, table.schema())).as("seed %d", seed).isEqualTo(table.columns());
    assertThat(commonsCsv(file, table.schema())).as("seed %d", seed).isEqualTo(texts(table));
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12})
  void writesTheSameBytesHoweverRowsAreCutIntoBatches(long seed) throws IOException {
    Table table = RandomTable.make(new SplittableRandom(seed), 2_000);
    Path one = folder.resolve("one.csv");
    Path many = folder.resolve("many.csv");

    PartFile whole = Table.write(CSV, one, table.schema(), table.batches());
    PartFile pieces =
        Table.write(CSV, many, table.schema(), table.batches(new SplittableRandom(seed), 99));

    assertThat(pieces).as("seed %d", seed).isEqualTo(whole);
    assertThat(many).as("seed %d", seed).hasSameBinaryContentAs(one);
  }

  @Test
  void writesAValueLargerThanItsBuffer() throws Exception {
    String note = "a \"long\" note, ".repeat(200_000);
    Table table =
        Table.of(
            List.of(new Field("a", FieldType.TEXT, ""), new Field("b", FieldType.TEXT, "")),
            List.of(Table.column("x", note, "y"), Table.column("1", "2", "3")));
    Path file = folder.resolve("part.csv");

    Table.write(CSV, file, table.schema(), table.batches());

    assertThat(commonsCsv(file, table.schema())).isEqualTo(texts(table));
  }

  @Test
  void refusesADateThatParquetCouldNotStore() {
    Schema schema = new Schema("visits", List.of(new Field("on", FieldType.DATE, "")));
    RowBatch batch =
        new RowBatch(
            2,
            List.of(new LongColumn(2, new long[] {1L << 31, LongColumn.MISSING})),
            List.of(),
            row -> row);

    assertThatThrownBy(() -> Table.write(CSV, folder.resolve("part.csv"), schema, List.of(batch)))
        .hasMessage(
            "part.csv: error VALUE_OUT_OF_RANGE expected values of column 'on' to fit date but"
                + " found 1 in one batch which do not; widen the type in the mapping or set what"
                + " its operator does with an invalid value");
  }

  private String written(Table table) throws IOException {
    Path file = folder.resolve("written.csv");
    Table.write(CSV, file, table.schema(), table.batches());
    return Files.readString(file, StandardCharsets.UTF_8);
  }

  private static List<List<@Nullable Object>> commonsCsv(Path file, Schema schema)
      throws IOException {
    CSVFormat format =
        CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setIgnoreEmptyLines(true)
            .setNullString("")
            .get();
    List<List<@Nullable Object>> columns = new ArrayList<>();
    schema.fields().forEach(field -> columns.add(new ArrayList<>()));
    try (CSVParser parser = CSVParser.parse(file, StandardCharsets.UTF_8, format)) {
      assertThat(parser.getHeaderNames())
          .isEqualTo(schema.fields().stream().map(Field::name).toList());
      parser.forEach(
          row -> {
            for (int i = 0; i < columns.size(); i++) {
              columns.get(i).add(row.get(i));
            }
          });
    }
    return columns;
  }

  private static List<List<@Nullable Object>> texts(Table table) {
    List<List<@Nullable Object>> texts = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      FieldType type = table.schema().fields().get(i).type();
      texts.add(
          new ArrayList<>(
              table.columns().get(i).stream()
                  .map(value -> value == null ? null : PlainText.of(type, value))
                  .toList()));
    }
    return texts;
  }

  @Test
  void refusesColumnsInTheWrongForm() {
    Schema schema = new Schema("visits", List.of(new Field("a", FieldType.TEXT, "")));
    RowBatch batch =
        new RowBatch(1, List.of(new LongColumn(1, new long[] {1})), List.of(), row -> row);
    try (PartWriter writer = CSV.open(folder.resolve("part.csv"), schema, Map.of())) {
      assertThatThrownBy(() -> writer.write(batch))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("column a of type text came in the wrong physical form");
    }
  }
}
