package org.consentry.export.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Texts with control characters are distinguished from others as a look at each byte does. */
final class WatchedTest {

  private static final long SEED = 20261130;
  private static final int WINDOW = 4096;

  /** Reference implementation: more than eight and one in twenty of some window, or a zero. */
  private static boolean isBinary(byte[] bytes) {
    boolean binary = false;
    for (int from = 0; from < bytes.length; from += WINDOW) {
      int to = Math.min(bytes.length, from + WINDOW);
      int strange = 0;
      for (int i = from; i < to; i++) {
        binary |= bytes[i] == 0;
        boolean usual = bytes[i] < 0 || bytes[i] >= ' ' || "\n\r\t\f".indexOf((char) bytes[i]) >= 0;
        strange += usual ? 0 : 1;
      }
      binary |= strange > 8 && strange * 20 > to - from;
    }
    return binary;
  }

  private static boolean watched(byte[] bytes, Random random) throws IOException {
    byte[] block = new byte[5000];
    try (Watched in = new Watched(new ByteArrayInputStream(bytes))) {
      int read = 0;
      while (read >= 0) {
        int offset = random.nextInt(20);
        read = in.read(block, offset, 1 + random.nextInt(block.length - offset));
      }
      return in.isBinary();
    }
  }

  private static byte[] text(Random random, int strangeInThousand) {
    byte[] bytes = new byte[random.nextInt(20_000)];
    for (int i = 0; i < bytes.length; i++) {
      boolean strange = random.nextInt(1000) < strangeInThousand;
      int usual = random.nextInt(20) == 0 ? '\n' : ' ' + random.nextInt(224);
      bytes[i] = (byte) (strange ? 1 + random.nextInt(31) : usual);
    }
    return bytes;
  }

  @Test
  void agreesWithALookAtEachByte() throws IOException {
    Random random = new Random(SEED);
    int binary = 0;
    for (int i = 0; i < 600; i++) {
      byte[] bytes = text(random, random.nextInt(120));
      if (random.nextInt(20) == 0 && bytes.length > 0) {
        bytes[random.nextInt(bytes.length)] = 0;
      }

      assertThat(watched(bytes, random))
          .as("text %d of seed %d", i, SEED)
          .isEqualTo(isBinary(bytes));
      binary += isBinary(bytes) ? 1 : 0;
    }
    assertThat(binary).isBetween(100, 500);
  }
}
