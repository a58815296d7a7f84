package org.consentry.profile;

import java.util.List;
import java.util.Optional;
import org.consentry.data.WrittenNumbers;

/**
 * How numbers are written for people, where not as programs write them; the more common way first,
 * which wins where values fit several.
 */
public enum NumberStyle {
  /** {@code 1234.50}, beside a currency sign. */
  POINT('.', Optional.empty()),
  /** {@code 1,234.50}. */
  POINT_AND_COMMAS('.', Optional.of(',')),
  /** {@code 1234,50}. */
  COMMA(',', Optional.empty()),
  /** {@code 1.234,50}. */
  COMMA_AND_POINTS(',', Optional.of('.')),
  /** {@code 1 234,50}. */
  COMMA_AND_BLANKS(',', Optional.of(' ')),
  /** {@code 1 234.50}. */
  POINT_AND_BLANKS('.', Optional.of(' ')),
  /** {@code 1'234.50}. */
  POINT_AND_APOSTROPHES('.', Optional.of('\''));

  private final char decimal;
  private final Optional<Character> thousands;

  NumberStyle(char decimal, Optional<Character> thousands) {
    this.decimal = decimal;
    this.thousands = thousands;
  }

  /** The mark before the fraction. */
  public char decimal() {
    return decimal;
  }

  /** The mark between groups of three digits; empty for none. */
  public Optional<Character> thousands() {
    return thousands;
  }

  /** A number as it is written, for people. */
  String example() {
    return "1" + thousands.map(String::valueOf).orElse("") + "234" + decimal + "56";
  }

  /** As a reader of numbers takes it, without currency signs. */
  WrittenNumbers numbers() {
    return new WrittenNumbers(decimal, thousands, List.of());
  }
}
