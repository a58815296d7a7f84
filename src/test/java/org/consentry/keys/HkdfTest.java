package org.consentry.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class HkdfTest {

  @Test
  void agreesWithRfc5869Case1() {
    byte[] extracted = Hkdf.extract(hex("000102030405060708090a0b0c"), hex("0b".repeat(22)));

    byte[] answer = Hkdf.expand(extracted, hex("f0f1f2f3f4f5f6f7f8f9"), 42);

    assertThat(extracted)
        .isEqualTo(hex("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5"));
    assertThat(answer)
        .isEqualTo(
            hex(
                "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"
                    + "34007208d5b887185865"));
  }

  /** Case 3: neither salt nor info. */
  @Test
  void agreesWithRfc5869Case3() {
    byte[] extracted = Hkdf.extract(new byte[0], hex("0b".repeat(22)));

    byte[] answer = Hkdf.expand(extracted, new byte[0], 42);

    assertThat(extracted)
        .isEqualTo(hex("19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04"));
    assertThat(answer)
        .isEqualTo(
            hex(
                "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
                    + "9d201395faa4b61a96c8"));
  }

  @Test
  void refusesMoreThanItCanGive() {
    assertThatThrownBy(() -> Hkdf.expand(new byte[32], new byte[0], 8161))
        .hasMessage("HKDF gives 1 to 8160 bytes but was asked for 8161");
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
