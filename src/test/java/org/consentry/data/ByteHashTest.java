package org.consentry.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Different values have different hashes, wherever in an array they are. */
final class ByteHashTest {

  /** The first outputs of SplitMix64 with seed 0, whose states are multiples of its step. */
  @Test
  void mixesAsSplitMix64Does() {
    long step = 0x9E3779B97F4A7C15L;

    assertThat(ByteHash.mix(step)).isEqualTo(0xE220A8397B1DCDAFL);
    assertThat(ByteHash.mix(2 * step)).isEqualTo(0x6E789E6AA1B965F4L);
  }

  @Test
  void everyByteAndTheLengthCount() {
    Set<Long> hashes = new HashSet<>();
    for (int length = 0; length <= 40; length++) {
      byte[] zeros = new byte[length];
      hashes.add(ByteHash.of(zeros, 0, length));
      for (int i = 0; i < length; i++) {
        zeros[i] = 1;
        hashes.add(ByteHash.of(zeros, 0, length));
        zeros[i] = 0;
      }
    }

    assertThat(hashes).hasSize(41 + 40 * 41 / 2);
  }

  @Test
  void theHashIsOfTheRangeAlone() {
    byte[] bytes = "xx a longer value yy".getBytes(StandardCharsets.UTF_8);
    byte[] value = "a longer value".getBytes(StandardCharsets.UTF_8);

    assertThat(ByteHash.of(bytes, 3, 3 + value.length))
        .isEqualTo(ByteHash.of(value, 0, value.length));
  }
}
