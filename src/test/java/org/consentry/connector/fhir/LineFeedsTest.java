package org.consentry.connector.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Line feeds are found where a look at each byte finds them. */
final class LineFeedsTest {

  private static final long SEED = 20261129;

  /** Bytes that differ from a line feed in one bit, and others that a mask may take for one. */
  private static final byte[] BYTES = {
    '\n', '\n', 0x0B, 0x08, 0x0E, 0x02, 0x1A, 0x2A, 0x4A, (byte) 0x8A, 0, (byte) 0x80, (byte) 0xFF
  };

  @Test
  void areCountedAndFoundInAnyPartOfAnyBytes() {
    Random random = new Random(SEED);
    for (int trial = 0; trial < 5_000; trial++) {
      byte[] bytes = new byte[random.nextInt(40)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = BYTES[random.nextInt(BYTES.length)];
      }
      int from = random.nextInt(bytes.length + 1);
      int to = from + random.nextInt(bytes.length - from + 1);
      int count = 0;
      int first = to;
      for (int i = to - 1; i >= from; i--) {
        count += bytes[i] == '\n' ? 1 : 0;
        first = bytes[i] == '\n' ? i : first;
      }

      assertThat(LineFeeds.count(bytes, from, to)).as("seed %d", SEED).isEqualTo(count);
      assertThat(LineFeeds.next(bytes, from, to)).as("seed %d", SEED).isEqualTo(first);
    }
  }
}
