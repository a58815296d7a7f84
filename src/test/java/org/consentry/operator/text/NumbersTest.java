package org.consentry.operator.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A number is read in full or not at all. */
class NumbersTest {

  private static final int PRECISION = 18;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1000000000000000000",
        "9223372036854775808",
        "9300000000000000000",
        "9999999999999999999",
        "-9999999999999999999",
        "18446744073709551617",
        "100000000000000000000000000000000000000"
      })
  void refusesWholeNumbersOfMoreThanEighteenDigits(String text) {
    assertThat(decimal(text, PRECISION, 0)).isEqualTo(Numbers.INVALID);
  }

  @Test
  void takesLeadingZerosAndZerosBehindTheScale() {
    assertThat(decimal("0000000000000000000000000012", PRECISION, 0)).isEqualTo(12);
    assertThat(decimal("-1.500000000000000000000000", 2, 1)).isEqualTo(-15);
    assertThat(decimal(".5", 2, 1)).isEqualTo(5);
    assertThat(decimal("5.", 2, 1)).isEqualTo(50);
    assertThat(decimal(" +5 ", 2, 1)).isEqualTo(50);
  }

  @Test
  void agreesWithTheDecimalsOfTheJdk() {
    long seed = 20_261_128;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 300_000; i++) {
      int precision = 1 + random.nextInt(PRECISION);
      int scale = random.nextInt(precision + 1);
      String text = text(random);
      assertThat(decimal(text, precision, scale))
          .as("seed %d, '%s' as decimal(%d,%d)", seed, text, precision, scale)
          .isEqualTo(reference(text, precision, scale));
    }
  }

  private static String text(SplittableRandom random) {
    String alphabet = random.nextInt(4) == 0 ? "0123456789.-+ e" : "0000123456789999";
    StringBuilder text = new StringBuilder(random.nextInt(3) == 0 ? "-" : "");
    int length = random.nextInt(24);
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    if (random.nextBoolean()) {
      text.insert(random.nextInt(text.length() + 1), '.');
    }
    return text.toString();
  }

  private static long reference(String text, int precision, int scale) {
    String trimmed = text.replaceAll("^ +| +$", "");
    if (!trimmed.matches("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)")) {
      return Numbers.INVALID;
    }
    BigDecimal unscaled = new BigDecimal(trimmed).scaleByPowerOfTen(scale).stripTrailingZeros();
    boolean fits =
        unscaled.scale() <= 0
            && unscaled.abs().compareTo(new BigDecimal(BigInteger.TEN.pow(precision))) < 0;
    return fits ? unscaled.longValueExact() : Numbers.INVALID;
  }

  private static long decimal(String text, int precision, int scale) {
    byte[] bytes = ("7" + text + "7").getBytes(StandardCharsets.UTF_8);
    return Numbers.decimal(bytes, 1, bytes.length - 1, precision, scale);
  }
}
