package org.consentry.connector.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes of a page: numbers in little-endian order, variable lengths and packed bits. */
final class GrowingBytesTest {

  private static final long SEED = 128;

  private final GrowingBytes bytes = new GrowingBytes(1);

  private byte[] content() {
    return Arrays.copyOf(bytes.array(), bytes.size());
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  @Test
  void writesNumbersLowestByteFirst() {
    bytes.putInt(0x01020304);
    bytes.putLong(0x05060708090A0B0CL);
    bytes.put(0xFF);

    assertThat(content()).isEqualTo(hex("04030201" + "0c0b0a0908070605" + "ff"));
  }

  @Test
  void replacesFourBytesThatAreThere() {
    bytes.put(new byte[] {1, 2, 3, 4, 5, 6}, 0, 6);

    bytes.setInt(1, -1);

    assertThat(content()).isEqualTo(hex("01ffffffff06"));
  }

  @Test
  void beginsAgainWhenCleared() {
    bytes.putLong(1);
    bytes.clear();
    bytes.put(new byte[] {7, 8, 9}, 1, 2);

    assertThat(content()).isEqualTo(hex("0809"));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 00",
    "127, 7f",
    "128, 8001",
    "300, ac02",
    "16383, ff7f",
    "16384, 808001",
    "-1, ffffffffffffffffff01"
  })
  void writesUnsignedNumbersInGroupsOfSevenBits(long value, String expected) {
    bytes.putVarint(value);

    assertThat(content()).isEqualTo(hex(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 00",
    "-1, 01",
    "1, 02",
    "-64, 7f",
    "64, 8001",
    "9223372036854775807, feffffffffffffffff01",
    "-9223372036854775808, ffffffffffffffffff01"
  })
  void writesSignedNumbersWithSmallMagnitudesShort(long value, String expected) {
    bytes.putZigzag(value);

    assertThat(content()).isEqualTo(hex(expected));
  }

  /** The packing of the Parquet format, bit by bit. */
  private static byte[] packed(long[] values, int from, int to, int width) {
    BitSet bits = new BitSet();
    int at = 0;
    for (int i = from; i < to; i++) {
      for (int bit = 0; bit < width; bit++) {
        bits.set(at++, (values[i] >>> bit & 1) != 0);
      }
    }
    return Arrays.copyOf(bits.toByteArray(), (at + 7) / 8);
  }

  private static long[] values(SplittableRandom random, int count, int width) {
    long mask = width == 64 ? -1L : (1L << width) - 1;
    return random.longs(count).map(value -> value & mask).toArray();
  }

  @Test
  void packsTheExampleOfTheFormat() {
    bytes.putPacked(new long[] {0, 1, 2, 3, 4, 5, 6, 7}, 0, 8, 3);

    assertThat(content()).isEqualTo(hex("88c6fa"));
  }

  @Test
  void packsValuesOfEveryWidth() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int width = 0; width <= 64; width++) {
      for (int count : new int[] {0, 1, 7, 8, 31, 32, 63, 64, 65}) {
        long[] values = values(random, count + 2, width);
        bytes.clear();
        bytes.putPacked(values, 1, 1 + count, width);
        assertThat(content())
            .as("width %d count %d", width, count)
            .isEqualTo(packed(values, 1, 1 + count, width));
      }
    }
  }

  @Test
  void packsIdsOfEveryWidth() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int width = 1; width <= 31; width++) {
      for (int count : new int[] {0, 8, 16, 40, 64, 72}) {
        long[] values = values(random, count, width);
        int[] ids = Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
        bytes.clear();
        bytes.putPacked(ids, 0, count, width);
        assertThat(content())
            .as("width %d count %d", width, count)
            .isEqualTo(packed(values, 0, count, width));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 8})
  void appendsPackedBitsToWhatIsThere(int before) {
    for (int i = 0; i < before; i++) {
      bytes.put(i);
    }

    bytes.putPacked(new long[] {5, 6, 7}, 0, 3, 4);

    assertThat(bytes.size()).isEqualTo(before + 2);
    assertThat(Arrays.copyOfRange(content(), before, before + 2)).isEqualTo(hex("6507"));
  }
}
