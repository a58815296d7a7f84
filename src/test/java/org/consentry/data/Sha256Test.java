package org.consentry.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The one home of SHA-256, by the examples of FIPS 180-2 appendix B. */
final class Sha256Test {

  private static final String OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  private static final String OF_NOTHING =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  private static final byte[] ABC = "abc".getBytes(StandardCharsets.US_ASCII);

  @Test
  void writesTheDigitsOfBytesAndText() {
    assertThat(Sha256.hex(ABC)).isEqualTo(OF_ABC);
    assertThat(Sha256.hex("abc")).isEqualTo(OF_ABC);
    assertThat(Sha256.hex(ByteBuffer.wrap(ABC))).isEqualTo(OF_ABC);
    assertThat(Sha256.hex(new byte[0])).isEqualTo(OF_NOTHING);
  }

  @Test
  void writesTheDigitsOfWhatADigestWasGiven() {
    MessageDigest digest = Sha256.begin();
    digest.update(ABC, 0, 1);
    digest.update(ABC, 1, 2);

    assertThat(Sha256.hex(digest)).isEqualTo(OF_ABC);
  }

  @Test
  void digestsARangeIntoAPlace() {
    byte[] output = new byte[40];

    Sha256.digest("xabcx".getBytes(StandardCharsets.US_ASCII), 1, 4, output, 5);

    assertThat(Arrays.copyOfRange(output, 5, 37)).isEqualTo(Sha256.digest(ABC));
    assertThat(output).startsWith(0, 0, 0, 0, 0).endsWith(0, 0, 0);
  }
}
