package org.consentry.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.consentry.profile.ContentKind;
import org.consentry.profile.Detectors;
import org.consentry.testing.PlainPrf;
import org.junit.jupiter.api.Test;

final class IntegerCodesTest {

  private static final long SEED = 20_261_129;

  @Test
  void noTwoNumbersHaveOneCodeAndGreaterNumbersHaveGreaterCodes() {
    int[] numbers =
        IntStream.concat(
                IntStream.range(0, 1_000),
                IntStream.range(IntegerCodes.COUNT - 1_000, IntegerCodes.COUNT))
            .toArray();

    for (int i = 1; i < numbers.length; i++) {
      assertThat(IntegerCodes.of(numbers[i])).isGreaterThan(IntegerCodes.of(numbers[i - 1]));
    }
    assertThat(IntegerCodes.of(0)).isEqualTo(1_000_000_000);
    assertThat(IntegerCodes.of(IntegerCodes.COUNT - 1)).isEqualTo(1_999_999_999);
  }

  @Test
  void thereAreNoOthers() {
    assertThatThrownBy(() -> IntegerCodes.of(-1)).hasMessage("there are 900000000 integer codes");
    assertThatThrownBy(() -> IntegerCodes.of(IntegerCodes.COUNT))
        .hasMessage("there are 900000000 integer codes");
  }

  /** The scan of finished files would block a release for a code that looks like an identifier. */
  @Test
  void noDetectorTakesACodeForAnIdentifier() {
    Random random = new Random(SEED);

    Set<ContentKind> found =
        IntStream.generate(() -> random.nextInt(IntegerCodes.COUNT))
            .limit(20_000)
            .mapToObj(number -> Integer.toString(IntegerCodes.of(number)))
            .flatMap(code -> Detectors.usual().of(code).stream())
            .collect(Collectors.toSet());

    assertThat(found).as("seed %d", SEED).isEmpty();
    assertThat(Detectors.usual().of("1234567893")).contains(ContentKind.LICENSE_NUMBER);
  }

  @Test
  void aCodeIsReadAsItIsWritten() {
    BytesColumn texts =
        IntegerCodes.texts(
            new LongColumn(3, new long[] {1_000_000_007, LongColumn.MISSING, 1_999_999_999}));

    assertThat(CodesTest.text(texts, 0)).isEqualTo("1000000007");
    assertThat(texts.isMissing(1)).isTrue();
    assertThat(IntegerCodes.read(texts.buffer(), texts.starts()[2])).isEqualTo(1_999_999_999);
  }

  @Test
  void aPermutationGivesEachNumberAnAnswerOfItsOwn() {
    KeyedPermutation permutation = new KeyedPermutation(new PlainPrf("visit"));

    long different =
        IntStream.range(0, 300_000).map(permutation::of).filter(n -> n >= 0).distinct().count();

    assertThat(different).isEqualTo(300_000);
    assertThat(permutation.of(IntegerCodes.COUNT - 1)).isBetween(0, IntegerCodes.COUNT - 1);
    assertThatThrownBy(() -> permutation.of(IntegerCodes.COUNT))
        .hasMessage("there are 900000000 integer codes");
  }

  /** Numbers that follow each other have answers in any order: half of them go up. */
  @Test
  void theOrderOfNumbersDoesNotSurvive() {
    KeyedPermutation permutation = new KeyedPermutation(new PlainPrf("visit"));

    long up =
        IntStream.range(0, 100_000)
            .filter(number -> permutation.of(number) < permutation.of(number + 1))
            .count();

    assertThat(up).isBetween(49_000L, 51_000L);
  }

  /**
   * Keyed codes are the same in every release of a study, whatever version makes it. The answers
   * are those of another program after the same description.
   */
  @Test
  void theAnswersUnderAKeyNeverChange() {
    KeyedPermutation permutation = new KeyedPermutation(new PlainPrf("visit"));

    assertThat(IntStream.of(0, 1, 2, 899_999_999).map(permutation::of).boxed())
        .containsExactly(93_200_769, 734_321_539, 326_397_815, 227_707_067);
    assertThat(new KeyedPermutation(new PlainPrf("other")).of(0)).isNotEqualTo(93_200_769);
  }

  @Test
  void subjectsHaveCodesOfTheirOwn() {
    BytesColumn codes =
        CodeForm.INTEGER.keyed(
            new PlainPrf("person"), CodesTest.subjects(2_000), subject -> subject != 7);

    assertThat(codes.isMissing(7)).isTrue();
    assertThat(
            IntStream.range(0, 2_000)
                .filter(subject -> subject != 7)
                .mapToObj(subject -> CodesTest.text(codes, subject))
                .peek(code -> assertThat(code).matches(CodeForm.INTEGER.pattern()))
                .distinct())
        .hasSize(1_999);
    assertThatThrownBy(
            () ->
                CodeForm.INTEGER.keyed(
                    new PlainPrf("person"), "1".getBytes(StandardCharsets.US_ASCII)))
        .isInstanceOf(IllegalStateException.class);
  }
}
