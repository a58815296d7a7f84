package org.consentry.connector.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.consentry.config.Encoding;
import org.consentry.connector.BatchReader;
import org.consentry.connector.Read;
import org.consentry.connector.SourceTable;
import org.consentry.connector.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Splits begin and end where records do, contain every record once, and know bytes and lines. */
final class CsvSplitsTest {

  private static final long SEED = 4180;

  @TempDir private Path folder;

  private SourceTable table(String text, long target) throws IOException {
    Files.writeString(folder.resolve("t.csv"), text, StandardCharsets.UTF_8);
    return Read.fast(
        folder,
        Encoding.UTF_8,
        new org.consentry.connector.csv.CsvSource.Sizes(target, 64, 1 << 16));
  }

  private static List<String> pieces(String text, List<Split> splits) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    List<String> pieces = new ArrayList<>();
    for (Split split : splits) {
      int start = (int) split.bytes().start();
      int length = (int) split.bytes().size();
      pieces.add(new String(bytes, start, length, StandardCharsets.UTF_8));
    }
    return pieces;
  }

  @Test
  void cutsAfterEachRecordWhenTheTargetIsSmall() throws IOException {
    String text = "a,b\n1,2\n3,4\r\n5,6\r7,8";

    assertThat(pieces(text, table(text, 4).splits()))
        .containsExactly("1,2\n", "3,4\r\n", "5,6\r", "7,8");
  }

  @Test
  void neverCutsBetweenCrAndLf() throws IOException {
    String text = "a,b\r\n" + "1,2\r\n".repeat(9);

    for (int target = 1; target < 12; target++) {
      assertThat(pieces(text, table(text, target).splits()))
          .as("target %d", target)
          .allMatch(piece -> piece.endsWith("\r\n") && piece.startsWith("1"));
    }
  }

  @Test
  void aReaderKnowsHowMuchOfItsSplitItHasRead() throws IOException {
    SourceTable table = table("a,b\n" + "1,2\n".repeat(20_000), 40_000);
    for (Split split : table.splits()) {
      List<Long> done = new ArrayList<>();
      try (BatchReader reader = table.open(split, List.of(0))) {
        while (reader.next().isPresent()) {
          done.add(reader.done());
        }
      }

      assertThat(done).isSorted().hasSizeGreaterThan(2).endsWith(split.range().size());
      assertThat(done.get(0)).isPositive().isLessThan(split.range().size());
    }
  }

  @Test
  void neverCutsInQuotes() throws IOException {
    String text = "a,b\n" + "\"x\n\"\"y\n\",2\n".repeat(9);

    for (int target = 1; target < 16; target++) {
      assertThat(pieces(text, table(text, target).splits()))
          .as("target %d", target)
          .allMatch(piece -> piece.startsWith("\"x\n") && piece.endsWith("\",2\n"));
    }
  }

  @Test
  void makesOneSplitOfOneLongRecord() throws IOException {
    String text = "a,b\n\"" + "x\n".repeat(500) + "\",2\n";

    assertThat(table(text, 10).splits()).hasSize(1);
  }

  @Test
  void putsTheRestOfASmallFileIntoOneSplit() throws IOException {
    assertThat(table("a,b\n1,2\n3,4\n", 1000).splits()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "2", "3", "7"})
  void numbersTheFirstLineOfEverySplit(int quotedLines) throws IOException {
    String row = "\"" + "\r\n".repeat(quotedLines) + "\",2\r\n";
    String text = "a,b\r\n" + row.repeat(20);
    List<Split> splits = table(text, row.length()).splits();

    for (Split split : splits) {
      String before = text.substring(0, (int) split.bytes().start());
      assertThat(split.bytes().firstLine()).isEqualTo(1 + before.split("\r\n", -1).length - 1);
    }
    assertThat(splits).hasSizeGreaterThan(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 8, 13, 100, 1000})
  void containsEveryByteOnceWithItsDigest(int target) throws IOException {
    SplittableRandom random = new SplittableRandom(SEED + target);
    for (int round = 0; round < 20; round++) {
      String text = randomTable(random);
      SourceTable table = table(text, target);
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      long at = text.indexOf('\n') + 1L;
      int number = 0;

      for (Split split : table.splits()) {
        assertThat(split.number()).isEqualTo(number++);
        assertThat(split.bytes().start()).as("seed %d round %d", SEED, round).isEqualTo(at);
        at = split.bytes().end();
        CRC32C crc = new CRC32C();
        crc.update(bytes, (int) split.bytes().start(), (int) split.bytes().size());
        assertThat(split.digest()).isEqualTo((int) crc.getValue());
      }
      assertThat(at).isEqualTo(bytes.length);
    }
  }

  private static String randomTable(SplittableRandom random) {
    StringBuilder text = new StringBuilder("a,b\n");
    for (int row = 1 + random.nextInt(30); row > 0; row--) {
      text.append(cell(random)).append(',').append(cell(random));
      text.append(List.of("\n", "\r\n", "\r").get(random.nextInt(3)));
    }
    return text.toString();
  }

  private static String cell(SplittableRandom random) {
    return switch (random.nextInt(5)) {
      case 0 -> "\"\n\"";
      case 1 -> "\"a\"\"\r\nb,\"";
      case 2 -> "é€";
      case 3 -> "";
      default -> "x".repeat(1 + random.nextInt(20));
    };
  }

  @Test
  void refusesAFileWhoseQuotesAreNotClosedByItsFirstMistake() throws IOException {
    SourceTable table = table("a,b\n1,2\n3,\"4\n5,6\n", 4);

    assertThatThrownBy(table::splits)
        .hasMessageStartingWith("./t.csv:3: error UNCLOSED_QUOTE a field begins with a quote here");
  }

  @Test
  void refusesAFileThatGrewSinceItsHeaderWasRead() throws IOException {
    SourceTable table = table("a,b\n1,2\n", 4);
    Files.writeString(folder.resolve("t.csv"), "a,b\n1,2\n3,4\n");

    assertThatThrownBy(table::splits).hasMessageStartingWith("./t.csv: error SOURCE_CHANGED");
  }

  @Test
  void refusesAFileThatIsGoneSinceItsHeaderWasRead() throws IOException {
    SourceTable table = table("a,b\n1,2\n", 4);
    Files.delete(folder.resolve("t.csv"));

    assertThatThrownBy(table::splits).hasMessageStartingWith("./t.csv: error UNREADABLE");
  }
}
