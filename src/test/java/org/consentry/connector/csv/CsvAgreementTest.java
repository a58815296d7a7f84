package org.consentry.connector.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.consentry.config.Encoding;
import org.consentry.connector.Read;
import org.consentry.connector.SourceTable;
import org.consentry.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fast path and commons-csv read every file alike. */
class CsvAgreementTest {

  private static final List<String> ALPHABET =
      List.of(
          "a", "bc", " ", ",", "\"", "\n", "\r\n", "\r", "\t", "'", "\\", "é", "ü", "0123456789");

  private static final List<String> UNICODE = List.of("漢字", "𝒳", "\uFFFD", "\u0085", "\u2028");

  private static final List<Encoding> ENCODINGS = List.of(Encoding.values());

  @TempDir Path directory;

  /** What a generated file means, and its bytes. */
  private record File(List<List<String>> rows, String text) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void readsWhatWasWrittenWhateverTheSizesOfSplitsAndSlabs(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 150; round++) {
      Encoding encoding = ENCODINGS.get(random.nextInt(3));
      File file = generate(random, encoding);
      Files.write(directory.resolve("t.csv"), file.text().getBytes(encoding.charset()));
      CsvSource.Sizes sizes = sizes(random);

      Read general = Read.all(Read.general(directory, encoding, sizes));
      Read fast = Read.all(Read.fast(directory, encoding, sizes));

      String where = "seed " + seed + " round " + round + " " + sizes;
      assertSameRows(where + " general", general.rows(), file.rows());
      assertSameRows(where + " fast", fast.rows(), file.rows());
      assertThat(fast.lines()).as(where).isEqualTo(general.lines());
      assertThat(fast.rejected()).as(where).isEmpty();
      assertThat(general.rejected()).as(where).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void agreesOnRowsRejectionsAndErrorsOfAnyBytes(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 400; round++) {
      Encoding encoding = ENCODINGS.get(random.nextInt(3));
      byte[] bytes = noise(random);
      Files.write(directory.resolve("t.csv"), bytes);
      CsvSource.Sizes sizes = sizes(random);

      Object general = outcome(() -> Read.all(Read.general(directory, encoding, sizes)));
      Object fast = outcome(() -> Read.all(Read.fast(directory, encoding, sizes)));

      assertThat(fast).as("seed " + seed + " round " + round + " " + sizes).isEqualTo(general);
    }
  }

  @Test
  void readsTheColumnsThatWereAskedForInTheirOrderAndRejectsTheSameRows() throws IOException {
    SplittableRandom random = new SplittableRandom(42);
    for (int round = 0; round < 300; round++) {
      Files.write(directory.resolve("t.csv"), noise(random));
      CsvSource.Sizes sizes = sizes(random);
      ProblemException unreadable =
          catchThrowableOfType(
              ProblemException.class, () -> Read.all(Read.fast(directory, Encoding.UTF_8, sizes)));
      if (unreadable != null) {
        continue;
      }
      SourceTable table = Read.fast(directory, Encoding.UTF_8, sizes);
      List<Integer> some =
          IntStream.range(0, random.nextInt(5))
              .mapToObj(i -> random.nextInt(table.columns().size()))
              .toList();

      Read all = Read.all(table);
      Read fewer = Read.columns(table, some);

      assertThat(fewer.rows())
          .isEqualTo(all.rows().stream().map(row -> some.stream().map(row::get).toList()).toList());
      assertThat(fewer.rejected()).isEqualTo(all.rejected());
    }
  }

  /** Row by row, so that a failure shows one row. */
  private static void assertSameRows(
      String where, List<List<String>> found, List<List<String>> expected) {
    for (int i = 0; i < Math.min(found.size(), expected.size()); i++) {
      assertThat(found.get(i)).as(where + " row " + i).isEqualTo(expected.get(i));
    }
    assertThat(found).as(where).hasSameSizeAs(expected);
  }

  private static Object outcome(java.util.function.Supplier<Read> read) {
    try {
      return read.get();
    } catch (ProblemException problem) {
      return problem.category() + " " + problem.getMessage();
    }
  }

  private static CsvSource.Sizes sizes(SplittableRandom random) {
    long split = List.of(1L, 2L, 3L, 10L, 63L, 64L, 65L, 300L, 1L << 20).get(random.nextInt(9));
    int slab = List.of(1, 2, 63, 64, 65, 128, 129, 200, 1000, 1 << 18).get(random.nextInt(10));
    return new CsvSource.Sizes(split, slab, 1 << 20);
  }

  private static File generate(SplittableRandom random, Encoding encoding) {
    int width = 1 + random.nextInt(6);
    int height = random.nextInt(random.nextInt(10) == 0 ? 300 : 12);
    List<String> ends =
        List.of(List.of("\n"), List.of("\r\n"), List.of("\r"), List.of("\n", "\r\n", "\r\n"))
            .get(random.nextInt(4));
    List<List<String>> rows = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    text.append(IntStream.range(0, width).mapToObj(i -> "c" + i).collect(Collectors.joining(",")));
    for (int r = 0; r < height; r++) {
      text.append(end(random, ends));
      List<String> row = new ArrayList<>();
      for (int c = 0; c < width; c++) {
        String value = value(random, encoding);
        row.add(value);
        text.append(c == 0 ? "" : ",").append(written(random, value, width));
      }
      rows.add(row);
    }
    text.append(random.nextInt(3) == 0 ? "" : end(random, ends));
    boolean marked = encoding == Encoding.UTF_8 && random.nextBoolean();
    return new File(rows, (marked ? "\uFEFF" : "") + text);
  }

  private static String end(SplittableRandom random, List<String> ends) {
    String end = ends.get(random.nextInt(ends.size()));
    return random.nextInt(8) == 0 ? end + ends.get(0) : end;
  }

  private static String value(SplittableRandom random, Encoding encoding) {
    StringBuilder value = new StringBuilder();
    int pieces = random.nextInt(20) == 0 ? random.nextInt(80) : random.nextInt(5);
    for (int i = 0; i < pieces; i++) {
      boolean unicode = encoding == Encoding.UTF_8 && random.nextInt(6) == 0;
      List<String> from = unicode ? UNICODE : ALPHABET;
      value.append(from.get(random.nextInt(from.size())));
    }
    return value.toString();
  }

  private static String written(SplittableRandom random, String value, int width) {
    boolean mustQuote = value.matches("(?s).*[,\"\r\n].*") || (value.isEmpty() && width == 1);
    return mustQuote || random.nextInt(3) == 0 ? "\"" + value.replace("\"", "\"\"") + "\"" : value;
  }

  /** A header and then anything at all: ragged, badly quoted, with NUL and broken encoding. */
  private static byte[] noise(SplittableRandom random) {
    Charset latin = StandardCharsets.ISO_8859_1;
    List<String> pieces =
        List.of("x", "yz", ",", ",", ",", "\n", "\n", "\r\n", "\r", "\"a\"", ",\"b\n\"\"c\",", " ");
    List<String> rare =
        List.of("\"", "\"\"", "\0", "\u00C3\u00A9", "\u00E9", "\u0081", "\u00ED\u00A0\u0080");
    int rareness = 4 + random.nextInt(40);
    StringBuilder text = new StringBuilder("a,b\n");
    int length = random.nextInt(random.nextInt(5) == 0 ? 2000 : 40);
    for (int i = 0; i < length; i++) {
      List<String> from = random.nextInt(rareness) == 0 ? rare : pieces;
      text.append(from.get(random.nextInt(from.size())));
    }
    return text.toString().getBytes(latin);
  }
}
