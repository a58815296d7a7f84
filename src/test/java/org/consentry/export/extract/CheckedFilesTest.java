package org.consentry.export.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.LongBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a late task of another step left in staging is not taken for that of the step at work. */
final class CheckedFilesTest {

  @Test
  void givesNumbersOfTheSameBasisOnly() {
    long[] numbers = {3, -1, 1L << 40};
    long[] file = written("decisions", numbers);

    assertThat(CheckedNumbers.whole("decisions", file).orElseThrow()).containsExactly(numbers);
    assertThat(CheckedNumbers.whole("decisions without two", file)).isEmpty();
    file[1]++;
    assertThat(CheckedNumbers.whole("decisions", file)).isEmpty();
  }

  @Test
  void givesNoNumbersOfAnotherBasisEvenWhereThereAreNone() {
    assertThat(CheckedNumbers.whole("decisions", written("decisions", new long[0]))).isPresent();
    assertThat(CheckedNumbers.whole("others", written("decisions", new long[0]))).isEmpty();
    assertThat(CheckedNumbers.whole("decisions", new long[0])).isEmpty();
  }

  @Test
  void givesBytesOfTheSameBasisOnly() {
    byte[] bytes = {1, 2, 3};
    byte[] file = CheckedBytes.with("decisions", bytes);

    assertThat(CheckedBytes.whole("decisions", file).orElseThrow()).containsExactly(bytes);
    assertThat(CheckedBytes.whole("decisions without two", file)).isEmpty();
    file[file.length - 1]++;
    assertThat(CheckedBytes.whole("decisions", file)).isEmpty();
    assertThat(CheckedBytes.whole("decisions", new byte[3])).isEmpty();
  }

  private static long[] written(String basis, long[] numbers) {
    return CheckedNumbers.with(basis, List.of(LongBuffer.wrap(numbers))).stream()
        .flatMapToLong(
            piece -> {
              long[] all = new long[piece.remaining()];
              piece.duplicate().get(all);
              return java.util.Arrays.stream(all);
            })
        .toArray();
  }
}
