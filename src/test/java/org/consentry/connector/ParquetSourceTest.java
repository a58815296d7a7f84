package org.consentry.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;
import org.apache.parquet.io.api.Binary;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Cells of Parquet files are the text that DuckDB gives them. */
final class ParquetSourceTest {

  /** Columns of every type that DuckDB writes, and the text of each as a CSV file would have it. */
  private static final List<List<String>> TYPES =
      List.of(
          List.of("((i - 500) % 100)::TINYINT", "c"),
          List.of("(i % 1000 * 31 - 5000)::SMALLINT", "c"),
          List.of("(i % 1000 * 2147483 - 1073741824)::INTEGER", "c"),
          List.of("(i % 1000 * 9223372036854775 - 4611686018427387904)::BIGINT", "c"),
          List.of("(i % 256)::UTINYINT", "c"),
          List.of("(i % 1000 * 65)::USMALLINT", "c"),
          List.of("(4294967295 - i)::UINTEGER", "c"),
          List.of("(18446744073709551615 - i)::UBIGINT", "c"),
          List.of("i % 3 = 0", "c"),
          List.of("((i % 1000 - 500) / 8)::DECIMAL(5,2)", "c"),
          List.of("((i - 500) / 8)::DECIMAL(9,4)", "c"),
          List.of("((i - 500) * 1000003)::DECIMAL(18,3)", "c"),
          List.of("(i % 1000 - 500)::DECIMAL(28,10) * 12345678901234567", "c"),
          List.of("DATE '1900-01-01' + i::INTEGER * 97", "c"),
          List.of("TIME '00:00:00' + INTERVAL (i % 1000 * 86) SECOND", "c"),
          List.of(
              "TIMESTAMP '1969-12-31 23:00:00' + INTERVAL (i * 7777777) MICROSECOND",
              "strftime(c, '%Y-%m-%dT%H:%M:%S') || CASE WHEN epoch_us(c) % 1000000 = 0 THEN ''"
                  + " ELSE '.' || strftime(c, '%f') END"),
          List.of(
              "(TIMESTAMP '2024-03-01 00:00:00' + INTERVAL (i * 7) HOUR)::TIMESTAMPTZ",
              "strftime(c AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%SZ')"),
          List.of(
              "(TIMESTAMP '2024-03-01 00:00:00' + INTERVAL (i * 7) HOUR)::TIMESTAMP_MS",
              "strftime(c, '%Y-%m-%dT%H:%M:%S')"),
          List.of(
              "(TIMESTAMP '2024-03-01 00:00:00' + INTERVAL (i * 7) HOUR)::TIMESTAMP_NS",
              "strftime(c, '%Y-%m-%dT%H:%M:%S')"),
          List.of("md5(i::VARCHAR)::UUID", "c"),
          List.of("'text ' || (i % 7)", "c"),
          List.of("repeat('é,\"' || i, 1 + i::INTEGER % 40)", "c"),
          List.of("CASE i % 3 WHEN 0 THEN '' ELSE 'x' END", "c"),
          List.of("CASE i % 2 WHEN 0 THEN 'a' ELSE 'b' END::ENUM('a', 'b', 'c')", "c"),
          List.of("('{\"a\": ' || i || '}')::JSON", "c"),
          List.of("encode('bytes ' || i)", "decode(c)"),
          List.of("(i / 8)::DOUBLE", "c"),
          List.of("(i / 8)::FLOAT", "c"));

  @TempDir private Path folder;

  private static String query(int rows) {
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < TYPES.size(); i++) {
      String value = TYPES.get(i).get(0);
      columns.add(value + " AS a" + i);
      columns.add("CASE WHEN i % 5 = 1 THEN NULL ELSE " + value + " END AS b" + i);
    }
    columns.add("NULL AS z");
    return "SELECT " + String.join(", ", columns) + " FROM range(" + rows + ") t(i)";
  }

  private static List<List<String>> duck(Path file) throws SQLException {
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < TYPES.size(); i++) {
      for (String name : List.of("a" + i, "b" + i)) {
        String text = TYPES.get(i).get(1).replaceAll("\\bc\\b", name);
        columns.add("coalesce((" + text + ")::VARCHAR, '')");
      }
    }
    String row = "[" + String.join(", ", columns) + ", '']";
    List<List<String>> rows = new ArrayList<>();
    for (String cells :
        DuckDb.query(
            "SELECT array_to_string(" + row + ", chr(31)) FROM read_parquet('" + file + "')")) {
      rows.add(Arrays.asList(cells.split("\u001F", -1)));
    }
    return rows;
  }

  @ParameterizedTest
  @CsvSource({
    "uncompressed, V1, 1000, 2048",
    "snappy, V1, 1000, 2048",
    "gzip, V1, 1000, 2048",
    "zstd, V1, 1000, 2048",
    "lz4_raw, V1, 1000, 2048",
    "uncompressed, V2, 1000, 2048",
    "zstd, V2, 1000, 2048",
    "snappy, V2, 9000, 2048",
    "snappy, V1, 9000, 2048"
  })
  void readsEveryTypeAsDuckDbDoes(String codec, String version, int rows, int group)
      throws SQLException {
    Path file =
        new ParquetFolder(folder)
            .duck(
                "t.parquet",
                query(rows),
                ", COMPRESSION "
                    + codec
                    + ", PARQUET_VERSION "
                    + version
                    + ", ROW_GROUP_SIZE "
                    + group);

    Read read = Read.all(new ParquetFolder(folder).table("t"));

    assertThat(read.rows()).isEqualTo(duck(file));
    assertThat(read.lines()).startsWith(1L, 2L).endsWith((long) rows);
  }

  private static Binary big(BigInteger number, int width) {
    byte[] bytes = number.toByteArray();
    byte[] padded = new byte[Math.max(width, bytes.length)];
    Arrays.fill(padded, (byte) (number.signum() < 0 ? -1 : 0));
    System.arraycopy(bytes, 0, padded, padded.length - bytes.length, bytes.length);
    return Binary.fromConstantByteArray(padded);
  }

  private static Binary int96(long nanos, int julianDay) {
    return Binary.fromConstantByteArray(
        ByteBuffer.allocate(12)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(nanos)
            .putInt(julianDay)
            .array());
  }

  @ParameterizedTest
  @EnumSource(WriterVersion.class)
  void readsWhatParquetHadoopWritesInItsOtherEncodings(WriterVersion version) throws IOException {
    String fields =
        "required binary text (STRING); optional binary shared (STRING);"
            + " required binary wide (DECIMAL(40,3)); required fixed_len_byte_array(7) narrow"
            + " (DECIMAL(15,2)); required int96 old; optional int32 small; required int64 large;"
            + " required float f; required double d; optional boolean flag;"
            + " required fixed_len_byte_array(2) half (FLOAT16);";
    BigInteger thousand = BigInteger.valueOf(1000);
    List<Consumer<Group>> rows = new ArrayList<>();
    List<List<String>> expected = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      int row = i;
      BigInteger wide = thousand.pow(12).multiply(BigInteger.valueOf(row - 10_000));
      rows.add(
          group -> {
            group.append("text", "no. " + row);
            if (row % 4 > 0) {
              group.append("shared", "the same beginning " + row / 4);
              group.append("small", row * 7 - 50_000);
              group.append("flag", row % 3 == 0);
            }
            group.append("wide", big(wide, 1));
            group.append("narrow", big(BigInteger.valueOf(row * 5L - 60_000), 7));
            group.append("old", int96(row * 1_000_000_000L, 2_440_588 + row));
            group.append("large", row * 1_000_000_007L * (row % 2 == 0 ? 1 : -1));
            group.append("f", row / 8f);
            group.append("d", -row / 8d);
            group.append("half", Binary.fromConstantByteArray(new byte[] {0, 0x3E}));
          });
      boolean there = row % 4 > 0;
      expected.add(
          List.of(
              "no. " + row,
              there ? "the same beginning " + row / 4 : "",
              new java.math.BigDecimal(wide, 3).toPlainString(),
              java.math.BigDecimal.valueOf(row * 5L - 60_000, 2).toPlainString(),
              java.time.LocalDate.ofEpochDay(row)
                  + "T"
                  + java.time.LocalTime.ofSecondOfDay(row)
                      .format(java.time.format.DateTimeFormatter.ISO_LOCAL_TIME),
              there ? String.valueOf(row * 7 - 50_000) : "",
              String.valueOf(row * 1_000_000_007L * (row % 2 == 0 ? 1 : -1)),
              String.valueOf(row / 8f),
              String.valueOf(-row / 8d),
              there ? String.valueOf(row % 3 == 0) : "",
              "1.5"));
    }
    ParquetFolder files = new ParquetFolder(folder);
    files.hadoop("t.parquet", fields, version, rows);

    assertThat(Read.all(files.table("t")).rows()).isEqualTo(expected);
  }

  @Test
  void readsTheColumnsThatAreAskedForInTheirOrder() throws SQLException {
    ParquetFolder files = new ParquetFolder(folder);
    files.duck("t.parquet", "SELECT i AS a, i * 2 AS b, 'x' AS c FROM range(3) t(i)", "");

    assertThat(Read.columns(files.table("t"), List.of(2, 0, 0)).rows())
        .containsExactly(List.of("x", "0", "0"), List.of("x", "1", "1"), List.of("x", "2", "2"));
    assertThat(Read.columns(files.table("t"), List.of()).rows()).hasSize(3);
    assertThat(Read.look(files.table("t")).rows()).hasSize(3);
  }

  @Test
  void readsTheFilesOfAFolderInTheOrderOfTheirNames() throws Exception {
    Files.createDirectory(folder.resolve("t"));
    ParquetFolder files = new ParquetFolder(folder);
    files.duck("t/b.parquet", "SELECT 3::BIGINT AS a", "");
    files.duck("t/a.parquet", "SELECT i AS a FROM range(3) t(i)", "");
    Files.writeString(folder.resolve("t/_SUCCESS"), "");

    Read read = Read.all(files.table("t"));

    assertThat(read.rows()).containsExactly(List.of("0"), List.of("1"), List.of("2"), List.of("3"));
    assertThat(read.lines()).containsExactly(1L, 2L, 3L, 4L);
    assertThat(files.table("t").splits())
        .extracting(split -> split.range().words().subList(0, 3))
        .containsExactly(List.of("row-groups", "0", "2"));
  }

  /** The splits of a table where a split has text of so many bytes. */
  private static List<Split> splits(SourceTable table, long bytes) {
    System.setProperty("consentry.splitBytes", Long.toString(bytes));
    try {
      return table.splits();
    } finally {
      System.clearProperty("consentry.splitBytes");
    }
  }

  private SourceTable fiveGroups() throws SQLException {
    ParquetFolder files = new ParquetFolder(folder);
    files.duck(
        "t.parquet",
        "SELECT i AS a, i + 1 AS b FROM range(10240) t(i)",
        ", ROW_GROUP_SIZE 2048, COMPRESSION uncompressed");
    return files.table("t");
  }

  @Test
  void readsSmallRowGroupsTogether() throws Exception {
    SourceTable table = fiveGroups();

    assertThat(table.size()).isEqualTo(10_240 * 2 * 10);
    assertThat(splits(table, 1))
        .extracting(split -> split.range().words())
        .hasSize(5)
        .contains(List.of("row-groups", "3", "1", "40960"));
    assertThat(splits(table, 90_000))
        .extracting(split -> split.range().words())
        .containsExactly(
            List.of("row-groups", "0", "2", "81920"),
            List.of("row-groups", "2", "2", "81920"),
            List.of("row-groups", "4", "1", "40960"));
    Read together = Read.all(table);
    assertThat(together.rows()).hasSize(10_240).contains(List.of("9000", "9001"));
    assertThat(together.lines()).startsWith(1L).endsWith(10_240L);
    assertThat(together).isEqualTo(Read.look(table));
  }

  @Test
  void reportsHowMuchOfASplitWasRead() throws Exception {
    SourceTable table = fiveGroups();
    Split split = table.splits().get(0);
    List<Long> done = new ArrayList<>();
    try (BatchReader reader = table.open(split, List.of(0))) {
      done.add(reader.done());
      while (reader.next().isPresent()) {
        done.add(reader.done());
      }
    }

    assertThat(done).isSorted().hasSize(6).startsWith(0L).endsWith(split.range().size());
  }

  @ParameterizedTest
  @CsvSource({"0, 65536", "1, 65536", "12, 38836", "1000, 1024"})
  void batchesOfWideTablesHaveFewerRows(int columns, int most) throws SQLException {
    StringBuilder wide = new StringBuilder("SELECT i AS c0");
    for (int i = 1; i < columns; i++) {
      wide.append(", 1 AS c").append(i);
    }
    ParquetFolder files = new ParquetFolder(folder);
    files.duck("t.parquet", wide + " FROM range(" + (most + 1) + ") t(i)", "");
    SourceTable table = files.table("t");
    List<Integer> rows = new ArrayList<>();
    try (BatchReader reader =
        table.open(table.splits().get(0), IntStream.range(0, columns).boxed().toList())) {
      reader.next().ifPresent(batch -> rows.add(batch.rows()));
    }

    assertThat(rows).containsExactly(most);
  }

  private void refuses(String message) {
    assertThatThrownBy(() -> Read.all(new ParquetFolder(folder).table("t")))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesFilesWithOtherColumns() throws Exception {
    Files.createDirectory(folder.resolve("t"));
    ParquetFolder files = new ParquetFolder(folder);
    files.duck("t/a.parquet", "SELECT 1::INTEGER AS a", "");
    files.duck("t/b.parquet", "SELECT 1::BIGINT AS a", "");

    refuses("t/b.parquet: error OTHER_COLUMNS the file has other columns");
  }

  @Test
  void refusesAFolderWithOtherFiles() throws Exception {
    Files.createDirectories(folder.resolve("t/year=2020"));
    new ParquetFolder(folder).duck("t/a.parquet", "SELECT 1 AS a", "");

    refuses("error OTHER_FILES the directory has files or directories that are no part");
  }

  @Test
  void refusesATableInTwoForms() throws Exception {
    Files.createDirectory(folder.resolve("t"));
    new ParquetFolder(folder).duck("t.parquet", "SELECT 1 AS a", "");

    refuses("t.parquet: error TWO_FORMS the table is here and in the directory t too");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1, 2]|is nested",
        "{'a': 1}|is nested",
        "MAP {'a': 1}|is nested",
        "INTERVAL 1 DAY|has a type without a text form (INTERVAL)"
      })
  void refusesColumnsWithoutATextUnlessTheyAreNotAskedFor(String value, String why)
      throws SQLException {
    ParquetFolder files = new ParquetFolder(folder);
    files.duck("t.parquet", "SELECT 1 AS a, " + value + " AS odd, 2 AS b", "");

    assertThat(files.table("t").columns()).containsExactly("a", "odd", "b");
    assertThat(files.table("t").refusal("odd")).contains(why);
    assertThat(files.table("t").refusal("none")).isEmpty();
    assertThat(Read.columns(files.table("t"), List.of(2, 0)).rows())
        .containsExactly(List.of("2", "1"));
    refuses("t.parquet: error COLUMN_TYPE column 'odd' " + why);
  }

  @Test
  void refusesACompressionThatItDoesNotRead() throws SQLException {
    new ParquetFolder(folder).duck("t.parquet", "SELECT 1 AS a", ", COMPRESSION brotli");

    refuses("error COLUMN_TYPE column 'a' is compressed with BROTLI");
  }

  /** No writer here can make them, so that the footer states another compression. */
  @ParameterizedTest
  @EnumSource(names = {"LZO", "LZ4"})
  void refusesCompressionsOfOldHadoopByName(CompressionCodec codec) throws Exception {
    Path file = new ParquetFolder(folder).duck("t.parquet", "SELECT 1 AS a", "");
    byte[] bytes = Files.readAllBytes(file);
    int length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(bytes.length - 8);
    int start = bytes.length - 8 - length;
    FileMetaData footer = Util.readFileMetaData(new ByteArrayInputStream(bytes, start, length));
    footer.getRow_groups().get(0).getColumns().get(0).getMeta_data().setCodec(codec);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, start);
    Util.writeFileMetaData(footer, out);
    byte[] end =
        ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(out.size() - start).array();
    out.writeBytes(end);
    out.write(bytes, bytes.length - 4, 4);
    Files.write(file, out.toByteArray());

    refuses("t.parquet: error COLUMN_TYPE column 'a' is compressed with " + codec);
  }

  @Test
  void refusesBytesThatAreNoText() throws SQLException {
    new ParquetFolder(folder).duck("t.parquet", "SELECT '\\xFF\\x41'::BLOB AS a", "");

    refuses(
        "t.parquet: error PARQUET_DAMAGED row group 1 of column 'a' has a value that is no text in"
            + " UTF-8, or has a NUL");
  }

  @Test
  void noticesAFileThatChangedAfterItWasCut() throws Exception {
    ParquetFolder files = new ParquetFolder(folder);
    Path file =
        files.duck(
            "t.parquet",
            "SELECT i AS a, i + 1 AS b FROM range(9000) t(i)",
            ", COMPRESSION uncompressed");
    SourceTable table = files.table("t");
    Split split = table.splits().get(0);
    byte[] bytes = Files.readAllBytes(file);
    for (int at : new int[] {60, 9_000, bytes.length / 2 + 2_000}) {
      byte[] changed = bytes.clone();
      changed[at] ^= 1;
      Files.write(file, changed);

      assertThatThrownBy(() -> readAll(table.open(split, List.of(0))))
          .isInstanceOfSatisfying(
              ProblemException.class,
              problem -> assertThat(problem.category()).isEqualTo(Category.STALE))
          .hasMessageContaining("t.parquet: error SOURCE_CHANGED");
      assertThat(files.table("t").splits().get(0).digest()).isNotEqualTo(split.digest());
    }
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
    assertThatThrownBy(() -> readAll(table.open(split, List.of(0))))
        .hasMessageContaining("error SOURCE_CHANGED");
  }

  @Test
  void noticesAChangeInAnyRowGroupOfASplit() throws Exception {
    SourceTable table = fiveGroups();
    Path file = folder.resolve("t.parquet");
    Split split = table.splits().get(0);
    byte[] bytes = Files.readAllBytes(file);
    for (int at = 100; at < bytes.length - 2_000; at += 20_000) {
      byte[] changed = bytes.clone();
      changed[at] ^= 1;
      Files.write(file, changed);

      assertThatThrownBy(() -> readAll(table.open(split, List.of(0))))
          .as("byte %d of %d", at, bytes.length)
          .hasMessageContaining("t.parquet: error SOURCE_CHANGED");
    }
    byte[] changed = bytes.clone();
    changed[5] ^= (byte) 0xFF; // in the header of the first page
    changed[bytes.length / 2] ^= 1;
    Files.write(file, changed);

    assertThatThrownBy(() -> readAll(table.open(split, List.of(0))))
        .hasMessageContaining("t.parquet: error SOURCE_CHANGED");
    assertThatThrownBy(() -> Read.all(new ParquetFolder(folder).table("t")))
        .hasMessageContaining("error PARQUET_DAMAGED row group 1 of column 'a'");
  }

  private static void readAll(BatchReader rows) {
    try (rows) {
      while (rows.next().isPresent()) {
        // Reads on.
      }
    }
  }
}
