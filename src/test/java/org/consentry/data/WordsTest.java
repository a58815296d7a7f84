package org.consentry.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.consentry.consent.DuoCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The words people write, and their numbers in flat arrays. */
class WordsTest {

  @Test
  void numbersExclusionsInOrder() {
    List<Exclusion> all = List.of(Exclusion.values());

    for (int i = 0; i < all.size(); i++) {
      assertThat(all.get(i).code()).as("%s", all.get(i)).isEqualTo((byte) (i + 1));
      assertThat(Exclusion.ofCode(i + 1)).isSameAs(all.get(i));
    }
  }

  static IntStream otherNumbers() {
    return IntStream.of(0, -1, Exclusion.values().length + 1, 127, 128, Integer.MIN_VALUE);
  }

  @ParameterizedTest
  @MethodSource("otherNumbers")
  void knowsNoExclusionByAnotherNumber(int code) {
    assertThatThrownBy(() -> Exclusion.ofCode(code))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no exclusion has code " + code);
  }

  @Test
  void givesEveryRecordCategoryABitOfItsOwn() {
    long all = 0;
    for (RecordCategory category : RecordCategory.values()) {
      assertThat(Long.bitCount(category.bit())).as("%s", category).isEqualTo(1);
      assertThat(all & category.bit()).as("%s", category).isZero();
      all |= category.bit();
    }
    assertThat(all).isLessThan(1L << 31);
  }

  @Test
  void letsAStarCoverEverythingButWhatTheLawWantsNamed() {
    assertThat(Arrays.stream(RecordCategory.values()).filter(RecordCategory::mustBeNamed))
        .containsExactly(
            RecordCategory.FACE_PHOTO,
            RecordCategory.GENETIC,
            RecordCategory.PSYCHOTHERAPY_NOTE,
            RecordCategory.SUD_PART2);
  }

  @ParameterizedTest
  @EnumSource
  void readsARecordCategoryByItsExactWord(RecordCategory category) {
    assertThat(RecordCategory.parse(category.name())).contains(category);
    assertThat(RecordCategory.parse(category.name().toLowerCase(Locale.ROOT))).isEmpty();
    assertThat(RecordCategory.parse(category.name() + " ")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text",
        "code",
        "integer",
        "date",
        "timestamp",
        "decimal(1,0)",
        "decimal(18,18)",
        "decimal(10,2)"
      })
  void readsATypeAndWritesItTheSame(String word) {
    assertThat(FieldType.parse(word).map(FieldType::toString)).contains(word);
  }

  @Test
  void readsADecimalWithSpaces() {
    assertThat(FieldType.parse("decimal( 10 , 2 )")).contains(FieldType.decimal(10, 2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Text",
        "string",
        "decimal",
        "decimal()",
        "decimal(2)",
        "decimal(0,0)",
        "decimal(19,2)",
        "decimal(2,3)",
        "decimal(-1,0)",
        "decimal(2,-1)",
        "decimal(100,2)",
        "decimal(1,0)x",
        "decimal(1,0",
        "decimal(٢,٠)",
        "decimal(99999999999,1)"
      })
  void knowsNoOtherType(String word) {
    assertThat(FieldType.parse(word)).isEqualTo(Optional.empty());
  }

  @ParameterizedTest
  @CsvSource({"0,0", "19,0", "5,6", "5,-1"})
  void refusesADecimalThatDoesNotFitALong(int precision, int scale) {
    assertThatThrownBy(() -> FieldType.decimal(precision, scale))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("decimal takes 1 to 18 digits, scale 0 to that");
  }

  @Test
  void refusesDigitsOfATypeWithoutAny() {
    assertThatThrownBy(() -> new FieldType(FieldType.Kind.DATE, 3, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("only a decimal has precision and scale");
  }

  @ParameterizedTest
  @EnumSource
  void readsADataUseTermByIdAndByName(DuoCode code) {
    assertThat(code.id()).matches("DUO:[0-9]{7}");
    assertThat(DuoCode.parse(code.id())).contains(code);
    assertThat(DuoCode.parse(code.name())).contains(code);
    assertThat(DuoCode.parse(code.id().substring(4))).isEmpty();
  }

  @Test
  void refusesASchemaThatNamesAColumnTwiceOrNone() {
    Field field = new Field("a", FieldType.TEXT, "");

    assertThatThrownBy(() -> new Schema("t", List.of(field, field)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("two fields are named a");
    assertThatThrownBy(() -> new Schema("t", List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a schema has at least one field");
    assertThatThrownBy(() -> new Field("", FieldType.TEXT, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("name must not be empty");
  }

  @Test
  void refusesABatchWhoseColumnsDiffer() {
    assertThatThrownBy(
            () -> new RowBatch(2, List.of(new LongColumn(3, new long[3])), List.of(), row -> row))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a column has 3 rows in a batch of 2");
  }
}
