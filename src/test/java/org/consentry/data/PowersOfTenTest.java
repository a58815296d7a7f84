package org.consentry.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

/** The powers of ten of 64 bits, against big integers. */
final class PowersOfTenTest {

  @Test
  void areThoseOfBigIntegers() {
    for (int exponent = 0; exponent <= 18; exponent++) {
      assertThat(BigInteger.valueOf(PowersOfTen.of(exponent)))
          .isEqualTo(BigInteger.TEN.pow(exponent));
    }
  }
}
