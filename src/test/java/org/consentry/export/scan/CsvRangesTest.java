package org.consentry.export.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ranges of a CSV file. */
final class CsvRangesTest {

  private static final long SEED = 4711;

  @TempDir Path folder;

  private static List<String> cells(byte[] bytes, int from, int to) throws Exception {
    CsvReader reader = new CsvReader(new ByteArrayInputStream(bytes, from, to - from), (byte) ',');
    List<String> cells = new ArrayList<>();
    for (CellBatch batch = reader.next(); batch.rows > 0; batch = reader.next()) {
      for (int row = 0; row < batch.rows; row++) {
        for (int column = 0; column < batch.columns; column++) {
          int start = batch.starts[column][row];
          cells.add(
              start == CellBatch.MISSING
                  ? ""
                  : new String(
                      batch.bytes, start, batch.ends[column][row] - start, StandardCharsets.UTF_8));
        }
      }
    }
    return cells;
  }

  @Test
  void cutsOnlyBetweenRecords() throws Exception {
    Random random = new Random(SEED);
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < 2_000; row++) {
      text.append(row).append(random.nextBoolean() ? ",plain," : ",\"a \"\"b\"\"\nc,d\",");
      text.append(random.nextBoolean() ? "x\n" : "\"\n\"\r\n");
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    Path file = Files.write(folder.resolve("x.csv"), bytes);

    List<Range> ranges = CsvRanges.of(file, 1_000);

    List<String> inRanges = new ArrayList<>();
    for (Range range : ranges) {
      inRanges.addAll(cells(bytes, (int) range.from(), (int) Math.min(range.to(), bytes.length)));
    }
    assertThat(ranges).hasSizeGreaterThan(10);
    assertThat(inRanges).isEqualTo(cells(bytes, 0, bytes.length)).hasSize(6_000);
  }
}
