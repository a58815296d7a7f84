package org.consentry.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What shows nothing means nothing at the ends of an id, a date or a code. */
final class BlanksTest {

  @ParameterizedTest
  @ValueSource(
      ints = {
        '\t', '\n', 0x0B, '\r', ' ', 0x1A, 0x7F, 0x85, 0xA0, 0xAD, 0x034F, 0x061C, 0x115F, 0x1680,
        0x180E, 0x2000, 0x2007, 0x2009, 0x200A, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2028,
        0x202A, 0x202E, 0x202F, 0x205F, 0x2060, 0x2065, 0x2069, 0x2800, 0x3000, 0x3164, 0xFE0F,
        0xFEFF, 0xFFA0, 0xE0001, 0xE0020, 0xE0100
      })
  void trimsWhatShowsNothingFromBothEnds(int blank) {
    String shown = Character.toString(blank);
    String text = shown + shown + "P1" + shown;

    assertThat(Blanks.trim(text)).isEqualTo("P1");
    assertThat(trimmed(text)).isEqualTo("P1");
    assertThat(trimmed(shown)).isEmpty();
    assertThat(IdRule.normalize(text)).isEqualTo("P1");
    assertThat(day(shown + "2024-05-02" + shown)).isEqualTo(day("2024-05-02"));
    assertThat(day(shown + "2024-05-02T10:00:00" + shown)).isEqualTo(day("2024-05-02"));
  }

  @Test
  void leavesWhatIsVisibleOrInside() {
    for (String text : List.of("P 1", "P\u200B1", "é1é", "1\u0301", "-", "\uD83D\uDE00", "")) {
      assertThat(Blanks.trim(text)).isEqualTo(text);
      assertThat(trimmed(text)).isEqualTo(text);
    }
  }

  @Test
  void takesNoDateFromBlanksInside() {
    assertThat(day("2024-05\u200B-02")).isEqualTo(IsoDates.INVALID);
    assertThat(day("\u00A0\u00A0\u00A0\u00A0\u00A0")).isEqualTo(IsoDates.INVALID);
  }

  @Test
  void readsBytesThatAreNotUtf8AsVisible() {
    byte[] bytes = {(byte) 0xA0, 'P', (byte) 0xC2};

    assertThat(Blanks.start(bytes, 0, 3)).isZero();
    assertThat(Blanks.end(bytes, 0, 3)).isEqualTo(3);
  }

  @Test
  void trimsBytesAsItTrimsText() {
    long seed = 20_261_128;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int at = random.nextInt(6); at > 0; at--) {
        int character =
            random.nextInt(3) == 0 ? random.nextInt(0x3100) : 0x1FF0 + random.nextInt(96);
        text.appendCodePoint(character);
      }
      assertThat(trimmed(text.toString()))
          .as("seed %d, text %d", seed, i)
          .isEqualTo(Blanks.trim(text.toString()));
    }
  }

  private static String trimmed(String text) {
    byte[] bytes = ("<" + text + ">").getBytes(StandardCharsets.UTF_8);
    int start = Blanks.start(bytes, 1, bytes.length - 1);
    int end = Blanks.end(bytes, start, bytes.length - 1);
    if (!Blanks.mayTrim(bytes, 1, bytes.length - 1)) {
      assertThat(end - start).isEqualTo(bytes.length - 2);
    }
    return new String(bytes, start, end - start, StandardCharsets.UTF_8);
  }

  private static long day(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return IsoDates.day(bytes, 0, bytes.length);
  }
}
