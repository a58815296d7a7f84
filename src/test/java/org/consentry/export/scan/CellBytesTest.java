package org.consentry.export.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Numbers and days as bytes of cells. */
final class CellBytesTest {

  private static final long SEED = 20261130;

  private static String written(Consumer<CellBytes> write) {
    CellBytes bytes = new CellBytes(1);
    write.accept(bytes);
    return new String(bytes.toByteArray(), StandardCharsets.US_ASCII);
  }

  @Test
  void writesNumbersAsTheLibraryOfJavaDoes() {
    Random random = new Random(SEED);
    for (int i = 0; i < 100_000; i++) {
      long value = random.nextLong() >> random.nextInt(Long.SIZE);
      int scale = random.nextInt(21);
      assertThat(written(bytes -> bytes.number(value)))
          .as("seed %d", SEED)
          .isEqualTo(Long.toString(value));
      assertThat(written(bytes -> bytes.decimal(value, scale)))
          .as("seed %d, %d, scale %d", SEED, value, scale)
          .isEqualTo(BigDecimal.valueOf(value, scale).toPlainString());
    }
    for (long value : new long[] {Long.MIN_VALUE, Long.MAX_VALUE, 0, -1}) {
      assertThat(written(bytes -> bytes.number(value))).isEqualTo(Long.toString(value));
      assertThat(written(bytes -> bytes.decimal(value, 18)))
          .isEqualTo(BigDecimal.valueOf(value, 18).toPlainString());
    }
  }

  @Test
  void writesDaysAsTheLibraryOfJavaDoes() {
    Random random = new Random(SEED);
    for (int i = 0; i < 100_000; i++) {
      long day = random.nextInt(6_000_001) - 3_000_000L;
      assertThat(written(bytes -> bytes.day(day)))
          .as("seed %d, %d", SEED, day)
          .isEqualTo(LocalDate.ofEpochDay(day).toString());
    }
  }

  @Test
  void repeatsWhatItHas() {
    assertThat(
            written(
                bytes -> {
                  bytes.add("first ");
                  bytes.add('-');
                  bytes.repeat(0, 5);
                }))
        .isEqualTo("first -first");
  }
}
