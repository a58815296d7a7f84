package org.consentry.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WithheldCodeTest {

  @ParameterizedTest
  @CsvSource({
    "integer, -9, -9, -9",
    "integer, 0, 0, 0",
    "'decimal(5,2)', -9, -9.00, -900",
    "'decimal(5,2)', 999.99, 999.99, 99999",
    "'decimal(5,2)', -0.05, -0.05, -5",
    "'decimal(3,0)', 100, 100, 100",
    "'decimal(4,2)', 1.50000, 1.50, 150"
  })
  void isReadAsTheColumnHoldsItAndWrittenAsCsvShowsIt(
      String type, String word, String text, long number) {
    assertThat(WithheldCode.of(type(type), word)).contains(new WithheldCode(text, number));
  }

  @ParameterizedTest
  @CsvSource({
    "integer, x",
    "integer, +9",
    "integer, 09",
    "integer, 9.0",
    "integer, 1000000000000000000",
    "integer, ''",
    "'decimal(5,2)', 1000",
    "'decimal(5,2)', 1.005",
    "'decimal(5,2)', 1e2",
    "'decimal(5,2)', .5",
    "date, 1900-01-01",
    "timestamp, 1900-01-01T00:00:00"
  })
  void isRefusedWhereTheTypeCannotHoldIt(String type, String word) {
    assertThat(WithheldCode.of(type(type), word)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", " REFUSED", "REFUSED ", "a\tb", "a\nb"})
  void isAWordThatCanBeSeenWhole(String word) {
    assertThat(WithheldCode.of(FieldType.TEXT, word)).isEmpty();
    assertThat(WithheldCode.of(FieldType.CODE, word)).isEmpty();
  }

  @Test
  void hasAtMost64Characters() {
    assertThat(WithheldCode.of(FieldType.TEXT, "x".repeat(64)))
        .contains(new WithheldCode("x".repeat(64), LongColumn.MISSING));
    assertThat(WithheldCode.of(FieldType.TEXT, "x".repeat(65))).isEmpty();
  }

  private static FieldType type(String word) {
    Optional<FieldType> type = FieldType.parse(word);
    return type.orElseThrow();
  }
}
