package org.consentry.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
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

  /** Case 2: longer inputs and answers than a block. */
  @Test
  void agreesWithRfc5869Case2() {
    byte[] extracted = Hkdf.extract(sequence(0x60, 80), sequence(0x00, 80));

    byte[] answer = Hkdf.expand(extracted, sequence(0xb0, 80), 82);

    assertThat(extracted)
        .isEqualTo(hex("06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244"));
    assertThat(answer)
        .isEqualTo(
            hex(
                "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c"
                    + "59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71"
                    + "cc30c58179ec3e87c14c01d5c1f3434f1d87"));
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
  void givesTheBeginningOfOneAnswerWhateverItsLength() {
    byte[] longest = Hkdf.expand(new byte[32], new byte[0], 8160);

    for (int length : new int[] {1, 31, 32, 33, 64, 8159}) {
      assertThat(Hkdf.expand(new byte[32], new byte[0], length))
          .isEqualTo(Arrays.copyOf(longest, length));
    }
  }

  @Test
  void refusesMoreOrLessThanItCanGive() {
    assertThatThrownBy(() -> Hkdf.expand(new byte[32], new byte[0], 0))
        .hasMessage("HKDF gives 1 to 8160 bytes but was asked for 0");
    assertThatThrownBy(() -> Hkdf.expand(new byte[32], new byte[0], 8161))
        .hasMessage("HKDF gives 1 to 8160 bytes but was asked for 8161");
  }

  private static byte[] sequence(int from, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (from + i);
    }
    return bytes;
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
