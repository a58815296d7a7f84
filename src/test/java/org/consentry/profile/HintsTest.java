package org.consentry.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Weak evidence is apart from what is certain, and settles whole columns only. */
final class HintsTest {

  private static final Detectors DETECTORS = Detectors.usual();

  @ParameterizedTest
  @CsvSource({
    "White, NAME",
    "Left, NAME",
    "smith, NAME",
    "Wu, NAME",
    "ANN, NAME",
    "078051120, SSN",
    "85001, ZIP_CODE",
    "851231234, ZIP_CODE",
    "44259, DATE",
    "2021-063, DATE",
    "44259.5, DATE",
    "44259.64583, DATE",
    "1614871805, DATE",
    "630704, DATE",
    "555-0184, PHONE",
    "42.40591545837317, COORDINATES",
    "-71.14641, COORDINATES",
    "4505577104, NATIONAL_ID",
    "111222333, NATIONAL_ID"
  })
  void isWeakForASingleValue(String value, ContentKind kind) {
    assertThat(DETECTORS.hints(value)).contains(kind);
    assertThat(DETECTORS.of(value)).doesNotContain(kind);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Smith", "SMITH", "John White", "Smith, John"})
  void containsTheNamesThatAreCertain(String value) {
    assertThat(DETECTORS.of(value)).contains(ContentKind.NAME);
    assertThat(DETECTORS.hints(value)).contains(ContentKind.NAME);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "H02.831", "314529007", "b544c19e-8476-1e14-c568-5faa9c3940d0", "12.50", "x"})
  void isNotThereForCodesAndAmounts(String value) {
    assertThat(DETECTORS.hints(value)).isEqualTo(Set.of());
  }

  @Test
  void isNotThereForLongTexts() {
    assertThat(DETECTORS.hints("White ".repeat(20))).isEmpty();
  }
}
