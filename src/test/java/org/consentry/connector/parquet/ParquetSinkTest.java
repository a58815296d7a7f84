package org.consentry.connector.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.api.Binary;
import org.consentry.connector.DuckDb;
import org.consentry.connector.ParquetHadoop;
import org.consentry.connector.PartWriter;
import org.consentry.connector.PartWriter.PartFile;
import org.consentry.connector.RandomTable;
import org.consentry.connector.Sink;
import org.consentry.connector.StockParquetPart;
import org.consentry.connector.Table;
import org.consentry.data.BytesColumn;
import org.consentry.data.Field;
import org.consentry.data.FieldType;
import org.consentry.data.RowBatch;
import org.consentry.data.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ParquetSinkTest {

  private static final Sink PARQUET = new ParquetSink();

  /** So small that a few hundred rows have many pages, row groups and full dictionaries. */
  private static final PageLayout SMALL = new PageLayout(64, 512, 256, 1 << 20, 400, 20);

  /** Row groups end by their bytes before they end by their rows. */
  private static final PageLayout LIGHT = new PageLayout(40, 100, 4_000, 20_000, 1 << 12, 1_000);

  private final Path folder;

  ParquetSinkTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @CsvSource({"1, 20000", "2, 32768", "3, 1"})
  void readsBackAsItWasWritten(long seed, int rows) throws Exception {
    Table table = RandomTable.make(new SplittableRandom(seed), rows);

    Path file = write(PARQUET, table, table.batches(new SplittableRandom(seed), 9_000));

    assertReadsBack(file, table, seed);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16})
  void readsBackManyPagesAndRowGroupsAndFullDictionaries(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    Table table = RandomTable.make(random, 1 + random.nextInt(1_500));

    Path file =
        write(
            new ParquetSink(Compression.ZSTD, seed % 2 == 0 ? SMALL : LIGHT),
            table,
            table.batches(random, 150));

    assertReadsBack(file, table, seed);
  }

  @ParameterizedTest
  @EnumSource
  void readsBackEveryCompression(Compression compression) throws Exception {
    long seed = 21;
    Table table = RandomTable.make(new SplittableRandom(seed), 700);

    Path file = write(new ParquetSink(compression, SMALL), table, table.batches());

    assertReadsBack(file, table, seed);
    assertThat(chunks(file))
        .extracting(ColumnChunkMetaData::getCodec)
        .containsOnly(compression.codec());
  }

  @ParameterizedTest
  @ValueSource(longs = {31, 32, 33})
  void writesTheSameBytesHoweverRowsAreCutIntoBatches(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    Table table = RandomTable.make(random, 2_000);
    Sink sink = new ParquetSink(Compression.ZSTD, seed % 2 == 0 ? SMALL : LIGHT);

    Path whole = write(sink, table, table.batches());
    Path pieces = write(sink, table, table.batches(random, 99));

    assertThat(pieces).as("seed %d", seed).hasSameBinaryContentAs(whole);
  }

  @ParameterizedTest
  @ValueSource(longs = {41, 42})
  void writesWhatTheStockColumnWritersWrite(long seed) throws Exception {
    Table table = RandomTable.make(new SplittableRandom(seed), 2_500);
    Path stock = folder.resolve("stock.parquet");
    try (PartWriter writer =
        new StockParquetPart(stock, table.schema(), Map.of("key", "text"), Compression.ZSTD)) {
      table.batches().forEach(writer::write);
      writer.finish();
    }

    Path own =
        write(
            new ParquetSink(Compression.ZSTD, SMALL),
            table,
            table.batches(),
            Map.of("key", "text"));

    assertThat(ParquetHadoop.columns(own))
        .as("seed %d", seed)
        .isEqualTo(ParquetHadoop.columns(stock));
    assertThat(ParquetHadoop.footer(own).getFileMetaData().getSchema())
        .isEqualTo(ParquetHadoop.footer(stock).getFileMetaData().getSchema());
    assertThat(ParquetHadoop.footer(own).getFileMetaData().getKeyValueMetaData())
        .isEqualTo(ParquetHadoop.footer(stock).getFileMetaData().getKeyValueMetaData());
  }

  @Test
  void reportsSizeRowsAndDigest() throws Exception {
    Table table = one("a", FieldType.TEXT, Table.column("x", null, "y"));
    Path file = folder.resolve("part.parquet");

    PartFile part = Table.write(PARQUET, file, table.schema(), table.batches(2));

    byte[] bytes = Files.readAllBytes(file);
    String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    assertThat(part).isEqualTo(new PartFile(3, bytes.length, digest));
  }

  @Test
  void givesRealTypesToATableWithoutRows() throws Exception {
    Table table =
        Table.of(
            List.of(
                new Field("t", FieldType.TEXT, ""),
                new Field("c", FieldType.CODE, ""),
                new Field("i", FieldType.INTEGER, ""),
                new Field("d", FieldType.DATE, ""),
                new Field("ts", FieldType.TIMESTAMP, ""),
                new Field("small", FieldType.decimal(9, 2), ""),
                new Field("large", FieldType.decimal(18, 4), "")),
            List.of(
                Table.column(),
                Table.column(),
                Table.column(),
                Table.column(),
                Table.column(),
                Table.column(),
                Table.column()));

    Path file = write(PARQUET, table, table.batches());

    assertThat(
            DuckDb.query(
                "SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM '" + file + "')"))
        .containsExactly(
            "t|VARCHAR",
            "c|VARCHAR",
            "i|BIGINT",
            "d|DATE",
            "ts|TIMESTAMP",
            "small|DECIMAL(9,2)",
            "large|DECIMAL(18,4)");
    assertReadsBack(file, table, 0);
    assertThat(ParquetHadoop.footer(file).getBlocks()).isEmpty();
  }

  @Test
  void cutsRowGroupsByRows() throws Exception {
    Table table = one("i", FieldType.INTEGER, Table.generate(600, row -> (long) row));

    Path file = write(new ParquetSink(Compression.ZSTD, SMALL), table, table.batches());

    assertThat(ParquetHadoop.footer(file).getBlocks())
        .extracting(BlockMetaData::getRowCount)
        .containsExactly(256L, 256L, 88L);
  }

  @Test
  void wrapsDifferencesAsThePhysicalTypeDoes() throws Exception {
    SplittableRandom random = new SplittableRandom(51);
    List<@Nullable Object> days =
        Table.generate(
            500, row -> (row % 2 == 0 ? 1L : -1L) * (2_147_000_000L - random.nextLong(1_000)));
    List<@Nullable Object> numbers =
        Table.generate(500, row -> (row % 2 == 0 ? 1L : -1L) * (Long.MAX_VALUE - row / 2));
    Table table =
        Table.of(
            List.of(new Field("d", FieldType.DATE, ""), new Field("i", FieldType.INTEGER, "")),
            List.of(days, numbers));

    Path file = write(new ParquetSink(Compression.NONE, SMALL), table, table.batches());

    assertThat(chunks(file))
        .allSatisfy(
            chunk -> assertThat(chunk.getEncodings()).contains(Encoding.DELTA_BINARY_PACKED));
    assertReadsBack(file, table, 51);
  }

  @Test
  void writesAValueLargerThanADictionaryAndAPage() throws Exception {
    String note = "long note é ".repeat(900_000);
    Table table = one("n", FieldType.TEXT, Table.column("x", "x", note, null, note, "y"));

    Path file = write(PARQUET, table, table.batches());

    assertReadsBack(file, table, 0);
  }

  @Test
  void looksAgainWhenTheNextBatchReusesItsBuffer() throws Exception {
    Schema schema = new Schema("visits", List.of(new Field("c", FieldType.CODE, "")));
    byte[] buffer = "one".getBytes(StandardCharsets.UTF_8);
    int[] starts = {0, 0, 0};
    int[] ends = {3, 3, 3};
    RowBatch batch =
        new RowBatch(3, List.of(new BytesColumn(3, buffer, starts, ends)), List.of(), row -> row);
    Path file = folder.resolve("part.parquet");

    try (PartWriter writer = PARQUET.open(file, schema, Map.of())) {
      writer.write(batch);
      System.arraycopy("two".getBytes(StandardCharsets.UTF_8), 0, buffer, 0, 3);
      writer.write(batch);
      writer.finish();
    }

    assertThat(DuckDb.parquet(file, schema))
        .isEqualTo(List.of(Table.column("one", "one", "one", "two", "two", "two")));
  }

  @Test
  void usesADictionaryWhereFewValuesDiffer() throws Exception {
    Table table =
        Table.of(
            List.of(
                new Field("few", FieldType.CODE, ""),
                new Field("all", FieldType.CODE, ""),
                new Field("years", FieldType.INTEGER, ""),
                new Field("numbers", FieldType.INTEGER, "")),
            List.of(
                Table.generate(500, row -> "code " + row % 5),
                Table.generate(500, row -> "code " + row),
                Table.generate(500, row -> 1990L + row % 7),
                Table.generate(500, row -> 1_000_003L * row)));

    Path file = write(PARQUET, table, table.batches());

    assertThat(chunks(file))
        .extracting(ColumnChunkMetaData::hasDictionaryPage)
        .containsExactly(true, false, true, false);
    assertThat(chunks(file).get(1).getEncodings()).contains(Encoding.DELTA_LENGTH_BYTE_ARRAY);
  }

  @ParameterizedTest
  @ValueSource(longs = {61, 62, 63, 64})
  void statesMinimumMaximumAndMissingRowsTruly(long seed) throws Exception {
    Table table = RandomTable.make(new SplittableRandom(seed), 250);
    PageLayout layout =
        seed % 2 == 0 ? SMALL : new PageLayout(256, 1 << 20, 256, 1 << 20, 1 << 20, 1_000);

    Path file = write(new ParquetSink(Compression.ZSTD, layout), table, table.batches());

    List<ColumnChunkMetaData> chunks = chunks(file);
    for (int i = 0; i < chunks.size(); i++) {
      Statistics<?> stated = chunks.get(i).getStatistics();
      List<@Nullable Object> values = table.columns().get(i);
      String column = "seed " + seed + ", " + table.schema().fields().get(i).name();
      assertThat(stated.getNumNulls())
          .as(column)
          .isEqualTo(values.stream().filter(Objects::isNull).count());
      if (table.schema().fields().get(i).type().isBytes()) {
        assertBounds(stated, binaries(values), column);
      } else {
        assertThat(stated.hasNonNullValue()).as(column).isEqualTo(!longs(values).isEmpty());
        assertBounds(stated, longs(values), column);
      }
    }
  }

  private static <T extends Comparable<T>> void assertBounds(
      Statistics<?> stated, List<T> values, String column) {
    if (stated.hasNonNullValue()) {
      assertThat(number(stated.genericGetMin())).as(column).isEqualTo(values.get(0));
      assertThat(number(stated.genericGetMax()))
          .as(column)
          .isEqualTo(values.get(values.size() - 1));
    }
  }

  private static Object number(Object value) {
    return value instanceof Integer narrow ? (Object) narrow.longValue() : value;
  }

  private static List<Long> longs(List<@Nullable Object> values) {
    return values.stream().filter(Objects::nonNull).map(Long.class::cast).sorted().toList();
  }

  private static List<Binary> binaries(List<@Nullable Object> values) {
    return values.stream()
        .filter(Objects::nonNull)
        .map(value -> Binary.fromString((String) value))
        .sorted((a, b) -> Arrays.compareUnsigned(a.getBytes(), b.getBytes()))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(longs = {71, 72})
  void losesNoRowWhenAReaderSkipsByStatistics(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    List<@Nullable Object> codes = Table.generate(2_000, row -> "code " + random.nextInt(400));
    List<@Nullable Object> days = Table.generate(2_000, row -> (long) row / 3);
    Table table =
        Table.of(
            List.of(new Field("c", FieldType.CODE, ""), new Field("d", FieldType.INTEGER, "")),
            List.of(codes, days));
    Path file = write(new ParquetSink(Compression.ZSTD, SMALL), table, table.batches());

    List<String> found = new ArrayList<>();
    for (int day = 0; day < 660; day += 60) {
      found.addAll(
          DuckDb.query("SELECT d, count(*) FROM '" + file + "' WHERE d = " + day + " GROUP BY d"));
    }
    found.addAll(DuckDb.query("SELECT count(*) FROM '" + file + "' WHERE c = 'code 7'"));

    List<String> expected = new ArrayList<>();
    for (int day = 0; day < 660; day += 60) {
      expected.add(day + "|3");
    }
    expected.add(Long.toString(codes.stream().filter("code 7"::equals).count()));
    assertThat(found).as("seed %d", seed).isEqualTo(expected);
  }

  @Test
  void letsAReaderSkipToThePagesThatHaveANumber() throws Exception {
    Table table = one("i", FieldType.INTEGER, Table.generate(1_000, row -> (long) row));

    Path file = write(new ParquetSink(Compression.ZSTD, SMALL), table, table.batches());

    assertThat(ParquetHadoop.pagesWith(file, "i", 700))
        .isEqualTo(LongStream.range(640, 704).boxed().toList());
  }

  @Test
  void carriesMetadataAndDescriptionsInTheFooter() throws Exception {
    Table table =
        Table.of(
            List.of(
                new Field("age", FieldType.INTEGER, "Age in \"years\"\n90 means 90 or older"),
                new Field("code", FieldType.CODE, "")),
            List.of(Table.column(1L), Table.column("x")));

    Path file = write(PARQUET, table, table.batches(), Map.of("consentry", "{\"a\":1}", "b", "c"));

    assertThat(ParquetHadoop.footer(file).getFileMetaData().getKeyValueMetaData())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "consentry",
                "{\"a\":1}",
                "b",
                "c",
                "PANDAS_ATTRS",
                "{\"table\":\"visits\",\"columns\":{\"age\":\"Age in \\\"years\\\"\\u000a90 means"
                    + " 90 or older\"}}"));
  }

  @Test
  void leavesPandasAttributesToTheCallerWhoBringsThem() throws Exception {
    Table table = one("a", FieldType.CODE, Table.column("x"));

    Path file = write(PARQUET, table, table.batches(), Map.of("PANDAS_ATTRS", "{}"));

    assertThat(ParquetHadoop.footer(file).getFileMetaData().getKeyValueMetaData())
        .isEqualTo(
            Map.of("PANDAS_ATTRS", "{}", "consentry", "{\"table\":\"visits\",\"columns\":{}}"));
  }

  private static Table one(String name, FieldType type, List<@Nullable Object> values) {
    return Table.of(List.of(new Field(name, type, "")), List.of(values));
  }

  private static void assertReadsBack(Path file, Table table, long seed) throws Exception {
    assertThat(DuckDb.parquet(file, table.schema())).as("seed %d", seed).isEqualTo(table.columns());
    assertThat(ParquetHadoop.columns(file)).as("seed %d", seed).isEqualTo(table.columns());
  }

  private static List<ColumnChunkMetaData> chunks(Path file) throws Exception {
    return ParquetHadoop.footer(file).getBlocks().get(0).getColumns();
  }

  private Path write(Sink sink, Table table, List<RowBatch> batches) throws Exception {
    return write(sink, table, batches, Map.of());
  }

  private Path write(Sink sink, Table table, List<RowBatch> batches, Map<String, String> metadata)
      throws Exception {
    Path file = Files.createTempDirectory(folder, "part").resolve("part.parquet");
    try (PartWriter writer = sink.open(file, table.schema(), metadata)) {
      batches.forEach(writer::write);
      writer.finish();
    }
    return file;
  }
}
