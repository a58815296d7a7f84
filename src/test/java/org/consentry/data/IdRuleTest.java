package org.consentry.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One person has one id, however it was typed. */
class IdRuleTest {

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "P-1,P-1",
        "p-1,P-1",
        " p-1 ,P-1",
        "\tp-1\u2003,P-1",
        "p 1,P 1",
        "e\u0301-1,\u00C9-1",
        "\u00E9-1,\u00C9-1",
        "\u212B,\u00C5",
        "Pß1,Pß1",
        "pß1,Pß1",
        "ſ1,ſ1",
        "ı,ı",
        "ŉ1,ŉ1",
        "ﬀ1,ﬀ1",
        "σς,Σς",
        "\u00A0\uFEFFp-1\u200B,P-1",
        "p\u200B1,P\u200B1",
        "i,I",
        "007,007"
      })
  void writesAnIdInItsNormalForm(String raw, String normal) {
    assertThat(IdRule.normalize(raw)).isEqualTo(normal);
    byte[] bytes = ("<" + raw + ">").getBytes(StandardCharsets.UTF_8);
    assertThat(IdRule.normalize(bytes, 1, bytes.length - 1))
        .isEqualTo(normal.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void leavesNothingOfABlankId() {
    assertThat(IdRule.normalize(" \t\u2003")).isEmpty();
    assertThat(IdRule.normalize("")).isEmpty();
    assertThat(IdRule.normalize(new byte[] {' ', 'P', ' '}, 2, 3)).isEmpty();
  }

  @Test
  void doesNotDependOnTheLocaleOfTheMachine() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(new Locale("tr", "TR"));
      assertThat(IdRule.normalize("id-i")).isEqualTo("ID-I");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void callsPlainOnlyWhatNormalisingLeavesAsItIs() {
    for (int value = 0; value < 128; value++) {
      byte[] one = {(byte) value};
      byte[] amid = {'A', (byte) value, '9'};
      for (byte[] id : new byte[][] {one, amid}) {
        if (IdRule.isPlain(id, 0, id.length)) {
          assertThat(IdRule.normalize(id, 0, id.length)).as("byte %d", value).isEqualTo(id);
        }
      }
    }
    assertThat(plain("PAT-00_1.2:3/4")).isTrue();
    assertThat(plain("")).isTrue();
    assertThat(plain("p1")).isFalse();
    assertThat(plain("P 1")).isFalse();
    assertThat(plain("É1")).isFalse();
  }

  @Test
  void looksAtEveryByteOfALongId() {
    byte[] id = "<PAT-00_1.2:3/45678AZ>".getBytes(StandardCharsets.US_ASCII);
    for (int at = 1; at < id.length - 1; at++) {
      byte before = id[at];
      for (int value = -128; value < 128; value++) {
        id[at] = (byte) value;
        assertThat(IdRule.isPlain(id, 1, id.length - 1))
            .as("byte %d at %d", value, at)
            .isEqualTo(IdRule.isPlain(id, at, at + 1));
      }
      id[at] = before;
    }
    assertThat(IdRule.isPlain(id, 1, id.length - 1)).isTrue();
    assertThat(IdRule.isPlain(id, 0, id.length - 1)).isFalse();
    assertThat(IdRule.isPlain(id, 1, id.length)).isFalse();
  }

  @Test
  void doesTheSameToBytesAsToText() {
    long seed = 7;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder raw = new StringBuilder();
      for (int at = random.nextInt(8); at > 0; at--) {
        int letter = random.nextInt(0x2FFF);
        if (Character.isDefined(letter) && !Character.isSurrogate((char) letter)) {
          raw.appendCodePoint(letter);
        }
      }
      String upper = IdRule.normalize(raw.toString());
      byte[] bytes = raw.toString().getBytes(StandardCharsets.UTF_8);
      assertThat(new String(IdRule.normalize(bytes, 0, bytes.length), StandardCharsets.UTF_8))
          .as("seed %d, id %d", seed, i)
          .isEqualTo(upper);
    }
  }

  private static boolean plain(String id) {
    byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
    return IdRule.isPlain(bytes, 0, bytes.length);
  }
}
