package org.consentry.connector.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** The digest of a split put together from its pieces is the digest of its bytes. */
final class Crc32cJoinTest {

  private static final long SEED = 3720;

  private static int crc(byte[] bytes, int from, int to) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, to - from);
    return (int) crc.getValue();
  }

  @Test
  void joinsTheTestVectorOfTheStandardWhereverItIsCut() {
    byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);

    for (int cut = 0; cut <= digits.length; cut++) {
      assertThat(Crc32cJoin.join(crc(digits, 0, cut), crc(digits, cut, 9), 9 - cut))
          .isEqualTo(0xE3069283);
    }
  }

  @Test
  void joinsPiecesOfAnyLength() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int round = 0; round < 200; round++) {
      byte[] bytes = new byte[random.nextInt(5000)];
      random.nextBytes(bytes);
      int cut = bytes.length == 0 ? 0 : random.nextInt(bytes.length + 1);

      assertThat(
              Crc32cJoin.join(
                  crc(bytes, 0, cut), crc(bytes, cut, bytes.length), bytes.length - cut))
          .as("seed %d round %d", SEED, round)
          .isEqualTo(crc(bytes, 0, bytes.length));
    }
  }

  @Test
  void threePiecesAreTheSameInWhicheverOrderTheyAreJoined() {
    byte[] bytes = "one and two and three".getBytes(StandardCharsets.US_ASCII);
    int one = crc(bytes, 0, 4);
    int two = crc(bytes, 4, 12);
    int three = crc(bytes, 12, bytes.length);

    int left = Crc32cJoin.join(Crc32cJoin.join(one, two, 8), three, bytes.length - 12);
    int right =
        Crc32cJoin.join(one, Crc32cJoin.join(two, three, bytes.length - 12), bytes.length - 4);

    assertThat(left).isEqualTo(right).isEqualTo(crc(bytes, 0, bytes.length));
  }

  @Test
  void anEmptyPieceChangesNothing() {
    int some = crc(new byte[] {1, 2, 3}, 0, 3);

    assertThat(Crc32cJoin.join(some, 0, 0)).isEqualTo(some);
    assertThat(Crc32cJoin.join(0, some, 3)).isEqualTo(some);
  }
}
