package org.consentry.connector.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesReader;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridDecoder;
import org.consentry.connector.parquet.DeltaEncoding.Width;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What our encoders write, the decoders of parquet-java read. */
final class EncodingsTest {

  private static final long SEED = 2013;

  private static int[] decodedIds(GrowingBytes page, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(page.array(), 1, page.size() - 1).slice();
    RunLengthBitPackingHybridDecoder decoder =
        new RunLengthBitPackingHybridDecoder(page.array()[0], ByteBufferInputStream.wrap(bytes));
    int[] ids = new int[count];
    for (int i = 0; i < count; i++) {
      ids[i] = decoder.readInt();
    }
    return ids;
  }

  private static void assertIdsReadBack(int[] ids, int distinct) throws IOException {
    GrowingBytes page = new GrowingBytes(1);
    int[] room = Arrays.copyOf(ids, ids.length + 8);

    RunEncoding.encode(room, ids.length, distinct, page);

    assertThat(decodedIds(page, ids.length)).isEqualTo(ids);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 8, 9, 31, 32, 33, 40, 63, 64, 65, 1000})
  void idsThatAreAllTheSame(int count) throws IOException {
    assertIdsReadBack(IntStream.generate(() -> 3).limit(count).toArray(), 5);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 8, 9, 31, 32, 33, 1000})
  void idsThatAllDiffer(int count) throws IOException {
    assertIdsReadBack(IntStream.range(0, count).toArray(), count);
  }

  @Test
  void runsBetweenIdsThatDiffer() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int round = 0; round < 300; round++) {
      int distinct = 1 + random.nextInt(300);
      int[] ids = new int[random.nextInt(400) + 1];
      for (int i = 0; i < ids.length; ) {
        int run = random.nextBoolean() ? 1 : 1 + random.nextInt(80);
        Arrays.fill(ids, i, Math.min(ids.length, i + run), random.nextInt(distinct));
        i += run;
      }
      assertIdsReadBack(ids, distinct);
    }
  }

  @Test
  void aRunTakesFewBytesHoweverLongItIs() {
    GrowingBytes page = new GrowingBytes(1);

    RunEncoding.encode(new int[100_008], 100_000, 200, page);

    assertThat(page.size()).isLessThan(8);
  }

  @Test
  void anOnlyValueHasTheWidthOne() {
    GrowingBytes page = new GrowingBytes(1);

    RunEncoding.encode(new int[16], 8, 1, page);

    assertThat(page.array()[0]).isEqualTo((byte) 1);
  }

  private static void assertNumbersReadBack(long[] values, Width width) throws IOException {
    GrowingBytes page = new GrowingBytes(1);
    new DeltaEncoding().encode(values, values.length, width, page);
    DeltaBinaryPackingValuesReader reader = new DeltaBinaryPackingValuesReader();
    reader.initFromPage(
        values.length, ByteBufferInputStream.wrap(ByteBuffer.wrap(page.array(), 0, page.size())));
    for (long value : values) {
      assertThat(width == Width.INT32 ? reader.readInteger() : reader.readLong()).isEqualTo(value);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 32, 33, 128, 129, 130, 256, 257, 500})
  void numbersOfAnyCount(int count) throws IOException {
    assertNumbersReadBack(LongStream.range(0, count).map(i -> i * i).toArray(), Width.INT64);
    assertNumbersReadBack(LongStream.range(0, count).map(i -> i * i).toArray(), Width.INT32);
    assertNumbersReadBack(LongStream.range(0, count).map(i -> 7).toArray(), Width.INT64);
  }

  @Test
  void differencesThatWrapAround() throws IOException {
    assertNumbersReadBack(
        new long[] {Long.MIN_VALUE, Long.MAX_VALUE, 0, Long.MIN_VALUE, -1, Long.MAX_VALUE},
        Width.INT64);
    assertNumbersReadBack(
        new long[] {Integer.MIN_VALUE, Integer.MAX_VALUE, 0, Integer.MIN_VALUE, -1}, Width.INT32);
  }

  @Test
  void anyNumbers() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int round = 0; round < 100; round++) {
      int shift = random.nextInt(64);
      assertNumbersReadBack(
          random.longs(1 + random.nextInt(300)).map(value -> value >> shift).toArray(),
          Width.INT64);
      assertNumbersReadBack(
          random.longs(1 + random.nextInt(300)).map(value -> (int) value >> shift % 32).toArray(),
          Width.INT32);
    }
  }

  @Test
  void oneEncoderWritesManyPages() throws IOException {
    DeltaEncoding encoding = new DeltaEncoding();
    GrowingBytes first = new GrowingBytes(1);
    encoding.encode(new long[] {5, -1_000_000, 1_000_000}, 3, Width.INT64, first);
    GrowingBytes again = new GrowingBytes(1);
    GrowingBytes other = new GrowingBytes(1);

    encoding.encode(new long[] {1, 2, 3}, 3, Width.INT64, again);
    new DeltaEncoding().encode(new long[] {1, 2, 3}, 3, Width.INT64, other);

    assertThat(Arrays.copyOf(again.array(), again.size()))
        .isEqualTo(Arrays.copyOf(other.array(), other.size()));
  }
}
