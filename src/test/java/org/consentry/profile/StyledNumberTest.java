package org.consentry.profile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In how many ways one value may be a number for people. */
final class StyledNumberTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "12; 7",
        "0; 7",
        "-12; 7",
        "$ 12; 7",
        "012; 0",
        "00; 0",
        "012,5; 0",
        "0,5; 3",
        "0.5; 4",
        "1.234,50; 1",
        "12A; 0"
      })
  void fitsSoManyStyles(String value, int styles) {
    assertThat(StyledNumber.of(value).styles()).hasSize(styles);
  }
}
