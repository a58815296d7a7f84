package org.consentry.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A placeholder is words in angle brackets, and what people and systems write so is none. */
final class PlaceholderTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<who receives the data>|who receives the data",
        "<id>|id",
        "Study of <disease> in adults|disease",
        "file:../keys/<study>.key|study",
        "<first> and <second>|first",
        "<NA> or <name>|name",
        "<Straße, Ort>|Straße, Ort",
        "<day, such as 2026-01-31>|day, such as 2026-01-31"
      })
  void isWordsInAngleBrackets(String text, String meaning) {
    assertThat(Placeholder.in(text)).contains(meaning);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "who receives the data",
        "<>",
        "< 11",
        "<11>",
        "eGFR <60 or >90",
        "<LOD were set, >ULN kept",
        "Jane Doe <jane@example.org>",
        "see <https://example.org/x>",
        "kg/m<sup>2</sup>",
        "a<br/>b",
        "<NA>",
        "<null>",
        "<Unknown>",
        "<\u0000abc>",
        "<a\nb>"
      })
  void isNothingElse(String text) {
    assertThat(Placeholder.in(text)).isEmpty();
  }

  @Test
  void isReadBackAsItWasMade() {
    assertThat(Placeholder.in(Placeholder.of("the title"))).contains("the title");
  }
}
