package org.consentry.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.consentry.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that others collected because readers of Parquet stumble over them. */
final class ParquetCorpusTest {

  private static final Path CORPUS =
      Path.of(
          System.getProperty("consentry.shared.data", "../shared/data"),
          "csv-parquet/parquet-testing");

  private static final String DAMAGED = "PARQUET_DAMAGED row group 1 of column ";

  private static final String CHECKSUM = " has a page whose bytes do not have its checksum";

  /** Its last time is of a year after 290000, of which DuckDB counts microseconds in 64 bits. */
  private static final String TOO_LATE = "int96_from_spark.parquet";

  @TempDir private Path folder;

  private List<Path> files(String name) throws IOException {
    Path files = CORPUS.resolve(name);
    assumeTrue(
        Files.isDirectory(files),
        "skipped: no Parquet corpus; set consentry.shared.data to a folder with csv-parquet");
    try (Stream<Path> list = Files.list(files)) {
      return list.filter(file -> file.toString().endsWith(".parquet")).sorted().toList();
    }
  }

  private SourceTable table(Path file) throws IOException {
    Files.deleteIfExists(folder.resolve("t.parquet"));
    Files.write(folder.resolve("t.parquet"), Files.readAllBytes(file));
    return new ParquetFolder(folder).table("t");
  }

  private static List<Integer> readable(SourceTable table) {
    return IntStream.range(0, table.columns().size())
        .filter(i -> table.refusal(table.columns().get(i)).isEmpty())
        .boxed()
        .toList();
  }

  private static String text(String column, String type) {
    String name = "\"" + column + "\"";
    if (type.equals("BLOB")) {
      return "decode(" + name + ")";
    }
    return type.startsWith("TIMESTAMP")
        ? "strftime("
            + name
            + ", '%Y-%m-%dT%H:%M:%S') || CASE WHEN epoch_us("
            + name
            + ") % 1000000 = 0 THEN '' ELSE '.' || strftime("
            + name
            + ", '%f') END"
        : name;
  }

  private List<List<String>> duck(Path file, SourceTable table) throws SQLException {
    Map<String, String> types = new TreeMap<>();
    for (String line :
        DuckDb.query(
            "SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM read_parquet('"
                + file
                + "'))")) {
      types.put(line.substring(0, line.indexOf('|')), line.substring(line.indexOf('|') + 1));
    }
    List<String> columns =
        readable(table).stream()
            .map(table.columns()::get)
            .map(name -> text(name, types.getOrDefault(name, "")))
            .map(text -> "coalesce((" + text + ")::VARCHAR, '')")
            .toList();
    List<List<String>> rows = new ArrayList<>();
    for (String cells :
        DuckDb.query(
            "SELECT array_to_string(["
                + String.join(", ", columns)
                + "], chr(31)) FROM read_parquet('"
                + file
                + "')")) {
      rows.add(Arrays.asList(cells.split("\u001F", -1)));
    }
    return rows;
  }

  /** The number of rows and of flat columns, or why there are none. */
  private Map<String, String> outcomes(String name) throws IOException {
    Map<String, String> outcomes = new TreeMap<>();
    for (Path file : files(name)) {
      String outcome;
      try {
        SourceTable table = table(file);
        Read read = Read.columns(table, readable(table));
        outcome = "read " + read.rows().size() + " x " + readable(table).size();
      } catch (ProblemException problem) {
        outcome =
            String.valueOf(problem.getMessage())
                .replaceAll("^.*?: error ", "")
                .replaceAll("; .*$", "");
      }
      outcomes.put(file.getFileName().toString().replace(".parquet", ""), outcome);
    }
    return outcomes;
  }

  @Test
  void readsFlatColumnsAsDuckDbDoes() throws Exception {
    int compared = 0;
    for (Path file : files("data")) {
      SourceTable table;
      Read read;
      try {
        table = table(file);
        read = Read.columns(table, readable(table));
      } catch (ProblemException refused) {
        continue; // The outcome of each file is listed below.
      }
      if (!readable(table).isEmpty()) {
        List<List<String>> expected = duck(file, table);
        int rows = file.endsWith(TOO_LATE) ? expected.size() - 1 : expected.size();
        assertThat(read.rows().subList(0, rows))
            .as(file.toString())
            .isEqualTo(expected.subList(0, rows));
        compared++;
      }
    }
    assertThat(compared).isEqualTo(6);
  }

  @Test
  void readsOrRefusesEachFile() throws IOException {
    assertThat(outcomes("data"))
        .containsOnly(
            entry("alltypes_plain", "read 8 x 11"),
            entry("alltypes_plain.snappy", "read 2 x 11"),
            entry(
                "binary_truncated_min_max",
                DAMAGED
                    + "'binary_partial_truncation' has a value that is no text in UTF-8, or has a"
                    + " NUL"),
            entry("byte_array_decimal", "read 24 x 1"),
            entry("datapage_v1-corrupt-checksum", DAMAGED + "'a'" + CHECKSUM),
            entry("datapage_v2.snappy", "read 5 x 4"),
            entry("int96_from_spark", "read 6 x 1"),
            entry("list_columns", "read 3 x 0"),
            entry("lz4_raw_compressed", "read 4 x 3"),
            entry(
                "nation.dict-malformed",
                DAMAGED + "'name' has a page that ends outside of its column"),
            entry("nulls.snappy", "read 8 x 0"),
            entry("rle-dict-uncompressed-corrupt-checksum", DAMAGED + "'long_field'" + CHECKSUM));
  }

  @Test
  void refusesEachBadFileOrItsColumnsInWords() throws IOException {
    assertThat(outcomes("bad_data"))
        .containsOnly(
            entry(
                "ARROW-GH-41317",
                DAMAGED + "'timestamp_us_no_tz' has a page header that is cut off"),
            entry(
                "ARROW-GH-41321",
                DAMAGED + "'int64' has numbers of more than 32 bits where it declares small ones"),
            entry("ARROW-GH-43605", "read 21186 x 1"), // one value, in zero bits: no fault
            entry("ARROW-GH-45185", "read 5 x 0"),
            entry("ARROW-GH-47662", "read 1000 x 0"),
            entry(
                "ARROW-RS-GH-6229-DICTHEADER",
                "PARQUET_DAMAGED the file has columns outside of its bytes"),
            entry("ARROW-RS-GH-6229-LEVELS", "read 1 x 0"),
            entry(
                "PARQUET-1481",
                "PARQUET_DAMAGED the file has a column of an unknown physical type"));
  }
}
