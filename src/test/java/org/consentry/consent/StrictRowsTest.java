package org.consentry.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

/** Rows as commons-csv reads them, and refusals as a plain reader of characters gives them. */
final class StrictRowsTest {

  private static final List<String> PIECES =
      List.of(
          "a",
          "Zoë",
          "😀",
          " ",
          ",",
          ",",
          ",",
          "\n",
          "\r\n",
          "\r",
          "\"",
          "\"\"",
          "\"x\"",
          ",\"",
          "\",",
          "\"\n",
          "7",
          "x".repeat(300));

  /** A row and the line it begins on, or the fault that ends the text. */
  private record Row(long line, List<String> cells, String fault) {}

  @Test
  void readsWhatCommonsCsvReadsAndRefusesWhatIsRefused() {
    long seed = 20_261_127;
    SplittableRandom random = new SplittableRandom(seed);
    int broken = 0;
    int rows = 0;
    for (int i = 0; i < 20_000; i++) {
      String text = text(random);

      List<Row> expected = twin(text);

      List<Row> read = read(text, 1 + random.nextInt(9));
      boolean faulty = !expected.isEmpty() && !expected.get(0).fault().isEmpty();
      assertThat(faulty ? read.subList(read.size() - 1, read.size()) : read)
          .as("seed %d, text %d", seed, i)
          .isEqualTo(expected);
      broken += expected.stream().anyMatch(row -> !row.fault().isEmpty()) ? 1 : 0;
      rows += expected.size();
    }
    assertThat(broken).isBetween(2_000, 18_000);
    assertThat(rows).isGreaterThan(20_000);
  }

  @Test
  void readsRowsLongerThanItsBuffer() {
    String cell = "é".repeat(400_000);

    List<Row> rows = read("a,b\n" + cell + ",\"" + cell + "\"\"\"\nc,d", 1 << 16);

    assertThat(rows)
        .containsExactly(
            new Row(1, List.of("a", "b"), ""),
            new Row(2, List.of(cell, cell + "\""), ""),
            new Row(3, List.of("c", "d"), ""));
  }

  @Test
  void refusesARowWithoutAnEnd() {
    StrictRows endless = new StrictRows(new Endless());

    assertThatThrownBy(endless::next)
        .isInstanceOf(StrictRows.Broken.class)
        .hasMessage("a row of over 16 MiB, as a quote in a wrong place makes");
  }

  @Test
  void refusesBytesThatAreNotUtf8OnTheirLine() throws IOException {
    byte[] text = "a,b\nc,\"d\n\u00e9\"\n".getBytes(StandardCharsets.ISO_8859_1);
    StrictRows rows = new StrictRows(new ByteArrayInputStream(text));

    assertThat(rows.next()).isTrue();
    assertThatThrownBy(rows::next)
        .isInstanceOfSatisfying(
            StrictRows.Broken.class,
            fault -> {
              assertThat(fault.kind()).isEqualTo(StrictRows.Broken.Kind.ENCODING);
              assertThat(fault.line()).isEqualTo(2);
            });
  }

  @Test
  void refusesANul() {
    assertThat(read("a\0,b", 4)).containsExactly(new Row(1, List.of(), "a NUL character"));
    assertThat(read("\"a\0\",b", 4)).containsExactly(new Row(1, List.of(), "a NUL character"));
  }

  private static String text(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    int pieces = random.nextInt(14);
    for (int i = 0; i < pieces; i++) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }

  private static List<Row> read(String text, int atOnce) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    StrictRows rows = new StrictRows(new InPieces(bytes, atOnce));
    List<Row> read = new ArrayList<>();
    try {
      while (rows.next()) {
        List<String> cells =
            IntStream.range(0, rows.cells())
                .mapToObj(
                    cell ->
                        new String(
                            rows.buffer(),
                            rows.start(cell),
                            rows.end(cell) - rows.start(cell),
                            StandardCharsets.UTF_8))
                .toList();
        read.add(new Row(rows.line(), cells, ""));
      }
    } catch (StrictRows.Broken fault) {
      read.add(new Row(fault.line(), List.of(), String.valueOf(fault.getMessage())));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return read;
  }

  /** What commons-csv reads; of a text with a fault, only the fault. */
  private static List<Row> twin(String text) {
    try {
      StrictText strict = new StrictText(new StringReader(text));
      while (strict.read() >= 0) {
        // Reads on to the first fault.
      }
      return parse(text);
    } catch (StrictText.Broken fault) {
      return List.of(new Row(fault.line(), List.of(), fault.what()));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static List<Row> parse(String text) throws IOException {
    List<Row> rows = new ArrayList<>();
    CSVFormat format = CSVFormat.RFC4180.builder().setIgnoreEmptyLines(false).get();
    CSVParser csv = CSVParser.builder().setReader(new StringReader(text)).setFormat(format).get();
    long line = 1;
    for (CSVRecord row : csv) {
      rows.add(new Row(line, List.of(row.values()), ""));
      line = csv.getCurrentLineNumber() + 1;
    }
    return rows;
  }

  /** Gives a few bytes at a time. */
  private static final class InPieces extends InputStream {
    private final ByteArrayInputStream bytes;
    private final int atOnce;

    InPieces(byte[] bytes, int atOnce) {
      this.bytes = new ByteArrayInputStream(bytes);
      this.atOnce = atOnce;
    }

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      return bytes.read(into, offset, Math.min(length, atOnce));
    }
  }

  /** An open quote that nothing closes. */
  private static final class Endless extends InputStream {
    private boolean begun;

    @Override
    public int read() {
      int next = begun ? 'a' : '"';
      begun = true;
      return next;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      for (int i = offset; i < offset + length; i++) {
        into[i] = (byte) read();
      }
      return length;
    }
  }
}
