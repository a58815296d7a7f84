package org.consentry.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Well-formed UTF-8, compared with the decoder of the JDK. */
final class Utf8Test {

  private static final long SEED = 3629;

  private static boolean jdkAccepts(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException malformed) {
      return false;
    }
  }

  private static void assertSame(byte[] bytes) {
    assertThat(Utf8.isValid(bytes, 0, bytes.length))
        .as(HexFormat.of().formatHex(bytes))
        .isEqualTo(jdkAccepts(bytes));
  }

  @Test
  void agreesOnEverySequenceOfTwoBytes() {
    for (int pair = 0; pair < 1 << 16; pair++) {
      assertSame(new byte[] {(byte) (pair >> 8), (byte) pair});
    }
  }

  @Test
  void agreesOnEveryBeginningOfALongerSequence() {
    for (int first = 0xE0; first <= 0xFF; first++) {
      for (int second = 0; second <= 0xFF; second++) {
        for (int third : new int[] {0x00, 0x7F, 0x80, 0xBF, 0xC0, 0xFF}) {
          assertSame(new byte[] {(byte) first, (byte) second, (byte) third});
          assertSame(new byte[] {(byte) first, (byte) second, (byte) third, (byte) 0x80});
          assertSame(new byte[] {(byte) first, (byte) second, (byte) third, (byte) 0xC0});
        }
      }
    }
  }

  @Test
  void agreesOnTextsWithOneByteChanged() {
    SplittableRandom random = new SplittableRandom(SEED);
    byte[] text = "Zoë paid 5 € for a 🙂 and 字 in Łódź".getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < text.length; i++) {
      for (int round = 0; round < 8; round++) {
        byte[] changed = text.clone();
        changed[i] = (byte) random.nextInt(256);
        assertSame(changed);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 9, 15, 16, 17, 64})
  void findsABadByteAfterAnyNumberOfPlainOnes(int before) {
    byte[] bytes = new byte[before + 3];
    Arrays.fill(bytes, (byte) 'a');
    assertThat(Utf8.isValid(bytes, 0, bytes.length)).isTrue();

    bytes[before] = (byte) 0xC3;

    assertThat(Utf8.isValid(bytes, 0, bytes.length)).isFalse();
    assertThat(Utf8.isValid(bytes, 0, before)).isTrue();
    assertThat(Utf8.isValid(bytes, before + 1, bytes.length)).isTrue();
  }

  @Test
  void looksAtNoByteBehindTheEnd() {
    byte[] whole = "é".getBytes(StandardCharsets.UTF_8);

    assertThat(Utf8.isValid(whole, 0, 1)).isFalse();
    assertThat(Utf8.isValid(whole, 0, 2)).isTrue();
    assertThat(Utf8.isValid(whole, 1, 2)).isFalse();
  }
}
