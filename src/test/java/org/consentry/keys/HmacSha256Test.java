package org.consentry.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HmacSha256Test {

  /** RFC 4231, test cases 1 to 4, 6 and 7. */
  @ParameterizedTest
  @CsvSource({
    "0b,20,4869205468657265,b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
    "4a656665,1,7768617420646f2079612077616e7420666f72206e6f7468696e673f,"
        + "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    "aa,131,54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204b6579202d2048617368"
        + "204b6579204669727374,"
        + "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
  })
  void agreesWithRfc4231(String keyUnit, int repeat, String data, String expected) {
    byte[] key = HexFormat.of().parseHex(keyUnit.repeat(repeat));

    byte[] answer = new HmacSha256(key).compute(HexFormat.of().parseHex(data));

    assertThat(HexFormat.of().formatHex(answer)).isEqualTo(expected);
  }

  @Test
  void agreesWithTheMacOfJavaForEveryLength() throws GeneralSecurityException {
    long seed = 20261123;
    SplittableRandom random = new SplittableRandom(seed);
    for (int length = 0; length < 300; length++) {
      byte[] key = bytes(random, 1 + random.nextInt(130));
      byte[] data = bytes(random, length);
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));

      assertThat(new HmacSha256(key).compute(data))
          .as("seed %d, length %d", seed, length)
          .isEqualTo(mac.doFinal(data));
    }
  }

  @Test
  void givesTheSameAnswersFromManyThreads() {
    HmacSha256 prf = new HmacSha256(new byte[32]);
    String[] alone =
        IntStream.range(0, 20_000).mapToObj(i -> answer(prf, i)).toArray(String[]::new);

    String[] together =
        IntStream.range(0, 20_000).parallel().mapToObj(i -> answer(prf, i)).toArray(String[]::new);

    assertThat(together).isEqualTo(alone);
  }

  @Test
  void readsAndWritesOnlyTheGivenRanges() {
    HmacSha256 prf = new HmacSha256(new byte[32]);
    byte[] output = new byte[40];
    Arrays.fill(output, (byte) 7);

    prf.compute("..MRN..".getBytes(StandardCharsets.US_ASCII), 2, 5, output, 4);

    assertThat(Arrays.copyOfRange(output, 4, 36))
        .isEqualTo(prf.compute("MRN".getBytes(StandardCharsets.US_ASCII)));
    assertThat(Arrays.copyOf(output, 4)).containsOnly(7);
    assertThat(Arrays.copyOfRange(output, 36, 40)).containsOnly(7);
  }

  private static String answer(HmacSha256 prf, int i) {
    return HexFormat.of().formatHex(prf.compute(("MRN-" + i).getBytes(StandardCharsets.US_ASCII)));
  }

  private static byte[] bytes(SplittableRandom random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
