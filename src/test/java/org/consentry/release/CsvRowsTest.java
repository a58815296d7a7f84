package org.consentry.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows are counted as RFC 4180 has them, wherever a block of the file ends. */
class CsvRowsTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void countsRecordsAndNotLineFeedsInsideQuotes(long seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder("first,\"second, \"\"quoted\"\"\"\r\n");
    int rows = random.nextInt(300);
    for (int row = 0; row < rows; row++) {
      text.append("a".repeat(random.nextInt(12)))
          .append(random.nextInt(3) == 0 ? ",\"\n\"\"\r\n,\u0002\u008a\"" : ",\u010a\u000b\t")
          .append("\r\n");
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);

    CsvRows seen = new CsvRows();
    for (int from = 0; from < bytes.length; ) {
      int to = Math.min(bytes.length, from + 1 + random.nextInt(40));
      byte[] block = Arrays.copyOf(Arrays.copyOfRange(bytes, from, to), 64);
      seen.see(block, to - from);
      from = to;
    }

    assertThat(seen.content().orElseThrow().rows()).as("seed %d", seed).isEqualTo(rows);
    assertThat(seen.content().orElseThrow().names()).containsExactly("first", "second, \"quoted\"");
  }
}
