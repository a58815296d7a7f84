package org.consentry.connector.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A dialect in which a character means two things is refused. */
final class CsvDialectTest {

  private static CsvDialect dialect(String delimiter, String quote, String escape, String comment) {
    return new CsvDialect(
        unescaped(delimiter), unescaped(quote).charAt(0), character(escape), character(comment));
  }

  private static Optional<Character> character(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(unescaped(text).charAt(0));
  }

  /** Characters that a table of cases cannot contain have names in it. */
  private static String unescaped(String text) {
    return switch (text) {
      case "LF" -> "\n";
      case "CR" -> "\r";
      case "NUL" -> "\0";
      case "SURROGATE" -> "\uD83D";
      default -> text;
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "->",
      quoteCharacter = '`',
      textBlock =
          """
          `` -> " -> `` -> `` -> delimiter must be at least one character
          LF -> " -> `` -> `` -> delimiter must not be a line break, NUL or a surrogate character
          CR -> " -> `` -> `` -> delimiter must not be a line break, NUL or a surrogate character
          NUL -> " -> `` -> `` -> delimiter must not be a line break, NUL or a surrogate character
          SURROGATE -> " -> `` -> `` -> delimiter must not be a line break, NUL or a surrogate character
          , -> LF -> `` -> `` -> quote must not be a line break, NUL or a surrogate character
          , -> " -> CR -> `` -> escape must not be a line break, NUL or a surrogate character
          , -> " -> `` -> NUL -> comment must not be a line break, NUL or a surrogate character
          " -> " -> `` -> `` -> delimiter must not contain the quote
          |" -> " -> `` -> `` -> delimiter must not contain the quote
          , -> " -> " -> `` -> escape must differ from quote and delimiter
          , -> " -> , -> `` -> escape must differ from quote and delimiter
          || -> " -> \\ -> `` -> escape cannot be combined with a delimiter of several characters
          , -> " -> `` -> " -> comment must differ from quote, escape and delimiter
          , -> " -> `` -> , -> comment must differ from quote, escape and delimiter
          , -> " -> \\ -> \\ -> comment must differ from quote, escape and delimiter
          """)
  void refusesACharacterWithTwoMeanings(
      String delimiter, String quote, String escape, String comment, String message) {
    assertThatThrownBy(() -> dialect(delimiter, quote, escape, comment))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiterString = "->",
      textBlock =
          """
          , -> " -> `` -> `` -> true
          ; -> ' -> `` -> `` -> true
          | -> " -> `` -> `` -> true
          , -> " -> \\ -> `` -> false
          , -> " -> `` -> # -> false
          || -> " -> `` -> `` -> false
          § -> " -> `` -> `` -> false
          , -> § -> `` -> `` -> false
          """)
  void isPlainWhenOneAsciiByteSeparatesFieldsAndNothingElseHasAMeaning(
      String delimiter, String quote, String escape, String comment, boolean plain) {
    assertThat(dialect(delimiter, quote, escape, comment).isPlain()).isEqualTo(plain);
  }

  @Test
  void theWordTabIsATab() {
    assertThat(org.consentry.config.CsvWords.Delimiter.parse("tab"))
        .contains(new org.consentry.config.CsvWords.Delimiter("\t"));
    assertThat(org.consentry.config.CsvWords.Delimiter.parse(";"))
        .contains(new org.consentry.config.CsvWords.Delimiter(";"));
    assertThat(org.consentry.config.CsvWords.Delimiter.parse("")).isEmpty();
  }
}
