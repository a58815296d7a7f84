package org.consentry.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A code is short, of few words and on one line. */
final class CodeLimitsTest {

  private static final CodeLimits USUAL = CodeLimits.USUAL;

  /** Asks in a buffer that ends with the text, and in one that goes on with line breaks. */
  private static boolean fits(CodeLimits limits, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] more = Arrays.copyOf(bytes, bytes.length + 16);
    Arrays.fill(more, bytes.length, more.length, (byte) '\n');
    boolean answer = limits.fits(bytes, 0, bytes.length);
    assertThat(limits.fits(more, 0, bytes.length)).isEqualTo(answer);
    return answer;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "F",
        "15822",
        "H02.401;H02.403;L90.5",
        "Hispanic or Latino",
        "never smoked a cigarette",
        "müde",
        "~!{}|",
        "日本語",
        "\uD83D\uDE00"
      })
  void acceptsCodesAndShortLabels(String text) {
    assertThat(fits(USUAL, text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "one two three four five",
        "     ",
        "a\nb",
        "a\rb",
        "a\tb",
        "\u0000",
        "12345678\u007F",
        "a\u0085b",
        "a\u2028b",
        "a\u2029b",
        "a\u00A0b\u00A0c\u00A0d\u00A0e",
        "a\u3000b\u2003c\u202Fd e",
        "1234567\n",
        "12345678\n"
      })
  void refusesTextOfManyWordsOrLines(String text) {
    assertThat(fits(USUAL, text)).isFalse();
  }

  @Test
  void countsCharactersAndNotBytes() {
    assertThat(fits(USUAL, "a".repeat(64))).isTrue();
    assertThat(fits(USUAL, "a".repeat(65))).isFalse();
    assertThat(fits(USUAL, "ü".repeat(64))).isTrue();
    assertThat(fits(USUAL, "ü".repeat(65))).isFalse();
    assertThat(fits(USUAL, "\uD83D\uDE00".repeat(64))).isTrue();
    assertThat(fits(USUAL, "\uD83D\uDE00".repeat(65))).isFalse();
  }

  @Test
  void aLongerLimitLiftsThatOfBlanks() {
    assertThat(fits(new CodeLimits(65), "one two three four five")).isTrue();
    assertThat(fits(new CodeLimits(65), "one two\nthree")).isFalse();
    assertThat(fits(new CodeLimits(64), "one two three four five")).isFalse();
    assertThat(fits(new CodeLimits(5), "123456")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 1001})
  void refusesLimitsOfNoCode(int length) {
    assertThatThrownBy(() -> new CodeLimits(length)).hasMessage("maxLength must be 1 to 1000");
  }

  @Test
  void agreesWithTheDefinitionOnGeneratedTexts() {
    SplittableRandom random = new SplittableRandom(16_404);
    int[] odd = {' ', 0xA0, 0x2003, '\n', 0x7F, 0x80, 0x2028, 0x20AC, 0x1F600, 0x7E, 0x21, 0xE9};
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(1, 70);
      for (int i = 0; i < length; i++) {
        boolean isOdd = random.nextInt(12) == 0;
        text.appendCodePoint(
            isOdd ? odd[random.nextInt(odd.length)] : random.nextInt('!', '~' + 1));
      }
      CodeLimits limits = new CodeLimits(random.nextInt(1, 130));

      assertThat(fits(limits, text.toString()))
          .as("seed 16404, round %d, at most %d", round, limits.maxLength())
          .isEqualTo(reference(limits, text.toString()));
    }
  }

  /** The definition, one character after the other. */
  private static boolean reference(CodeLimits limits, String text) {
    List<Integer> types = text.codePoints().mapToObj(Character::getType).toList();
    long blanks = types.stream().filter(type -> type == Character.SPACE_SEPARATOR).count();
    return types.size() <= limits.maxLength()
        && (limits.maxLength() > 64 || blanks <= 3)
        && types.stream()
            .noneMatch(
                type ->
                    type == Character.CONTROL
                        || type == Character.LINE_SEPARATOR
                        || type == Character.PARAGRAPH_SEPARATOR);
  }

  @Test
  void findsTheRowsThatAreNoCodesAndCountsWhy() {
    byte[] buffer = ("ok" + "a b c d e" + "a\nb" + "x".repeat(66)).getBytes(StandardCharsets.UTF_8);
    int[] starts = {0, BytesColumn.MISSING, 2, 11, 14, 2};
    int[] ends = {2, 0, 11, 14, 80, 80};
    BytesColumn column = new BytesColumn(6, buffer, starts, ends);

    BitSet flawed = USUAL.flawed(column);

    assertThat(flawed.stream()).containsExactly(2, 3, 4, 5);
    assertThat(USUAL.flaws(column, flawed))
        .isEqualTo(
            "2 have more than 64 characters, 2 have more than 3 blanks, 2 have a line break or"
                + " another control character");
    assertThat(USUAL.words())
        .isEqualTo("one line of at most 64 characters and 3 blanks, without control characters");
    assertThat(new CodeLimits(200).words())
        .isEqualTo("one line of at most 200 characters, without control characters");
  }

  @Test
  void looksAtTheFirstValueOfAColumnThatTheProgramMade() {
    byte[] texts = "good\nbad".getBytes(StandardCharsets.UTF_8);
    int none = BytesColumn.MISSING;

    assertThat(USUAL.fitsFirst(column(texts, none, none))).isTrue();
    assertThat(USUAL.fitsFirst(column(texts, none, 0, 4))).isTrue();
    assertThat(USUAL.fitsFirst(column(texts, none, 4, 0))).isFalse();
    assertThat(new CodeLimits(3).fitsFirst(column(texts, 0))).isFalse();
  }

  /** Four bytes a value. */
  private static BytesColumn column(byte[] texts, int... starts) {
    return new BytesColumn(
        starts.length, texts, starts, Arrays.stream(starts).map(start -> start + 4).toArray());
  }
}
