package org.consentry.connector.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.consentry.config.CsvWords;
import org.consentry.config.Encoding;
import org.consentry.connector.Read;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Delimiters of several characters, wherever the reader's buffers end. */
final class LongDelimiterTest {

  private static final CsvSource.Sizes SIZES = new CsvSource.Sizes(1 << 20, 1 << 18, 1 << 20);
  private static final long SEED = 20_261_123;

  @TempDir Path directory;

  private Read read(String delimiter, Encoding encoding) {
    CsvSource.Config config =
        CsvSource.Config.of(
            ".", new CsvWords(encoding, CsvWords.Delimiter.parse(delimiter), Optional.empty()));
    return Read.all(Read.table(directory, config, SIZES));
  }

  private void write(String text, Encoding encoding) throws IOException {
    Files.write(directory.resolve("t.csv"), text.getBytes(encoding.charset()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"||", "::", "|~|", "<==>"})
  void readADelimiterThatLiesAcrossTheEndOfABuffer(String delimiter) throws IOException {
    for (int padding = 0; padding < 24; padding++) {
      String first = "x".repeat(8180 - padding);
      String end = padding % 2 == 0 ? "\n" : "";
      write("a" + delimiter + "b\n" + first + delimiter + "y\nz" + delimiter + end, Encoding.UTF_8);

      Read read = read(delimiter, Encoding.UTF_8);

      assertThat(read.rows().stream().map(row -> row.get(0).length() + " " + row.get(1)))
          .as("padding %d", padding)
          .containsExactly(first.length() + " y", "1 ");
      assertThat(read.lines()).containsExactly(2L, 3L);
      assertThat(read.rejected()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"||", "::", "|~|", "<==>"})
  void readFilesOfAnyLengthAsTheyWereWritten(String delimiter) throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int round = 0; round < 60; round++) {
      Encoding encoding = random.nextBoolean() ? Encoding.UTF_8 : Encoding.WINDOWS_1252;
      int width = 2 + random.nextInt(4);
      List<List<String>> rows = new ArrayList<>();
      StringBuilder text = new StringBuilder();
      text.append(
          IntStream.range(0, width).mapToObj(i -> "c" + i).collect(Collectors.joining(delimiter)));
      for (int row = random.nextInt(2500); row > 0; row--) {
        List<String> values =
            IntStream.range(0, width).mapToObj(i -> value(random, delimiter)).toList();
        rows.add(values);
        text.append('\n');
        text.append(
            values.stream()
                .map(value -> written(value, delimiter))
                .collect(Collectors.joining(delimiter)));
      }
      text.append(random.nextBoolean() ? "\n" : "");
      write(text.toString(), encoding);

      Read read = read(delimiter, encoding);

      assertThat(read.rejected()).as("seed %d round %d", SEED, round).isEmpty();
      assertThat(read.rows()).as("seed %d round %d", SEED, round).isEqualTo(rows);
    }
  }

  @Test
  void rejectALastRowThatEndsInTheMiddleOfADelimiter() throws IOException {
    write("a|~|b|~|c\n1|~|2|~|3\n4|~|5|~", Encoding.UTF_8);

    Read read = read("|~|", Encoding.UTF_8);

    assertThat(read.rows()).containsExactly(List.of("1", "2", "3"));
    assertThat(read.rejected()).containsExactly("TRUNCATED 3");
  }

  private static String value(SplittableRandom random, String delimiter) {
    return switch (random.nextInt(8)) {
      case 0 -> "";
      case 1 -> delimiter.substring(1) + "é";
      case 2 -> "a" + delimiter + "b";
      case 3 -> "line\n\"quoted\"";
      default -> "v".repeat(random.nextInt(12));
    };
  }

  /** Quotes what begins or ends with a part of the delimiter too, which RFC 4180 does not know. */
  private static String written(String value, String delimiter) {
    boolean plain = value.chars().allMatch(c -> delimiter.indexOf(c) < 0 && c != '\n' && c != '"');
    return plain && !value.isEmpty() ? value : "\"" + value.replace("\"", "\"\"") + "\"";
  }
}
