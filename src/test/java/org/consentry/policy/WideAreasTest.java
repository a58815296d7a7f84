package org.consentry.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Words that name no place smaller than a state, and words that may. */
final class WideAreasTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TX",
        "tx",
        "Texas",
        " TEXAS ",
        "District of Columbia",
        "PR",
        "Puerto Rico",
        "West",
        "New England",
        "Mid-Atlantic",
        "US",
        "U.S.",
        "U.S.A.",
        "United States",
        "DE",
        "DEU",
        "Germany",
        "Côte d’Ivoire",
        "cote d'ivoire",
        "Trinidad & Tobago",
        "Trinidad and Tobago",
        "Curacao",
        "CURAÇAO",
        "Latin America",
        "UK",
        "unknown",
        "Not recorded",
        "out-of-state"
      })
  void areNoSmallerThanAState(String word) {
    assertThat(WideAreas.has(word)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Pima", "Pima County", "48", "48201", "Texas 77030", "Austin", "Texass", "T"})
  void mayBeSmallerThanAState(String word) {
    assertThat(WideAreas.has(word)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "Texas, true",
    "new york, true",
    "TX, false",
    "Canada, false",
    "unknown, false",
    "Houston, false"
  })
  void areStatesByTheirFullName(String word, boolean state) {
    assertThat(WideAreas.isState(word)).isEqualTo(state);
  }

  @ParameterizedTest
  @CsvSource({"unknown, true", "OTHER, true", "not-stated, true", "Texas, false", "'', false"})
  void nameNoPlace(String word, boolean none) {
    assertThat(WideAreas.namesNoPlace(word)).isEqualTo(none);
  }

  @ParameterizedTest
  @CsvSource({
    "Houston, HOUSTON, true",
    "St. Louis, st louis, true",
    "Córdoba, Cordoba, true",
    "'', '', true",
    "-, -, true",
    "-, ., false",
    "'', -, false",
    "Houston, Austin, false"
  })
  void readTheSameWhateverTheirSpelling(String one, String other, boolean same) {
    assertThat(WideAreas.areSame(one, other)).isEqualTo(same);
  }
}
