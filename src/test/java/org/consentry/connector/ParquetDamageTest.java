package org.consentry.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.Group;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A damaged file is refused in words without a value, or read; it never ends in anything else. */
final class ParquetDamageTest {

  /** Every text of the files contains it. */
  private static final String CANARY = "CNRYQZ";

  private static final String QUERY =
      "SELECT i AS a, 'CNRYQZ' || i AS b, DATE '2020-01-01' + i::INTEGER AS c, i / 8 AS d,"
          + " CASE i % 3 WHEN 0 THEN NULL ELSE 'CNRYQZ' || (i % 5) END AS e, i % 2 = 0 AS f,"
          + " (i * 1000)::DECIMAL(30,2) AS g FROM range(400) t(i)";

  @TempDir private Path folder;

  private List<Path> files() throws Exception {
    ParquetFolder files = new ParquetFolder(folder);
    List<Path> made = new ArrayList<>();
    for (String codec : List.of("uncompressed", "snappy", "gzip", "zstd", "lz4_raw")) {
      made.add(files.duck(codec + ".parquet", QUERY, ", COMPRESSION " + codec));
    }
    made.add(files.duck("v2.parquet", QUERY, ", COMPRESSION snappy, PARQUET_VERSION V2"));
    List<Consumer<Group>> rows = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      int row = i;
      rows.add(group -> group.append("b", CANARY + row).append("n", row * 3));
    }
    String fields = "required binary b (STRING); required int32 n; optional int64 z;";
    made.add(files.hadoop("deltas.parquet", fields, WriterVersion.PARQUET_2_0, rows));
    return made;
  }

  private void read(byte[] bytes, String what) throws Exception {
    Files.write(folder.resolve("t.parquet"), bytes);
    try {
      SourceTable table = new ParquetFolder(folder).table("t");
      List<Integer> columns =
          java.util.stream.IntStream.range(0, table.columns().size())
              .filter(i -> table.refusal(table.columns().get(i)).isEmpty())
              .boxed()
              .toList();
      for (Split split : table.splits()) {
        try (BatchReader reader = table.open(split, columns)) {
          while (reader.next().isPresent()) {
            // Reads on.
          }
        }
      }
    } catch (ProblemException refused) {
      assertThat(refused.category()).as(what).isEqualTo(Category.FILES_INVALID);
      assertThat(refused.getMessage()).as(what).doesNotContain(CANARY);
    }
  }

  @Test
  void refusesOrReadsFilesWithOtherBytes() throws Exception {
    long seed = 20261129;
    SplittableRandom random = new SplittableRandom(seed);
    List<Path> files = files();
    assertTimeout(
        Duration.ofMinutes(2),
        () -> {
          for (Path file : files) {
            byte[] bytes = Files.readAllBytes(file);
            for (int round = 0; round < 400; round++) {
              byte[] changed = bytes.clone();
              int from = round % 2 == 0 ? 4 : bytes.length - Math.min(bytes.length, 1500);
              for (int i = 0; i <= round % 3; i++) {
                int at = random.nextInt(from, bytes.length);
                changed[at] =
                    (byte) (random.nextBoolean() ? random.nextInt() : changed[at] ^ 1 << i);
              }
              read(changed, file.getFileName() + " round " + round + " seed " + seed);
            }
          }
        });
  }

  private String refusal(byte[] bytes) throws Exception {
    Files.write(folder.resolve("t.parquet"), bytes);
    try {
      return "read " + Read.all(new ParquetFolder(folder).table("t")).rows().size();
    } catch (ProblemException refused) {
      return String.valueOf(refused.getMessage());
    }
  }

  @Test
  void refusesEveryFileThatIsCutOff() throws Exception {
    byte[] bytes = Files.readAllBytes(new ParquetFolder(folder).duck("whole.parquet", QUERY, ""));
    for (int length = 0; length < bytes.length; length += 1 + length / 40) {
      assertThat(refusal(Arrays.copyOf(bytes, length)))
          .as("%d of %d bytes", length, bytes.length)
          .contains("t.parquet: error ")
          .doesNotContain(CANARY);
    }
  }

  @Test
  void namesAnEncryptedFile() throws Exception {
    byte[] bytes = Files.readAllBytes(new ParquetFolder(folder).duck("whole.parquet", QUERY, ""));
    bytes[bytes.length - 1] = 'E';
    assertThat(refusal(bytes)).contains("error PARQUET_DAMAGED the file is encrypted");
  }

  @Test
  void refusesAPageThatIsTooLarge() throws Exception {
    String query = "SELECT repeat('CNRYQZ0000000000', 9000000) AS a FROM range(1)";
    byte[] bytes =
        Files.readAllBytes(
            new ParquetFolder(folder).duck("large.parquet", query, ", COMPRESSION zstd"));
    assertThat(bytes.length).isLessThan(1 << 20);
    assertThat(refusal(bytes))
        .contains(
            "error PARQUET_DAMAGED row group 1 of column 'a' has a page of more than 128 MiB");
  }
}
