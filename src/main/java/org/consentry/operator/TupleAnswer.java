package org.consentry.operator;

import java.nio.charset.StandardCharsets;

/**
 * Takes what a {@link PerTuple.Function} makes of one tuple: for each output a number, a text, or
 * nothing, which releases a missing cell; or for the whole tuple that an input cannot be taken.
 * Outputs are numbered in the order of {@link RuleContext#outputs()}.
 */
interface TupleAnswer {

  /**
   * Gives a number, a day, a moment or an unscaled decimal.
   *
   * @param value never {@link org.consentry.data.LongColumn#MISSING}
   * @throws IllegalArgumentException when the output's type travels as bytes
   */
  void number(int output, long value);

  /**
   * Gives UTF-8 bytes; none at all is a missing cell.
   *
   * @throws IllegalArgumentException when the output's type travels as a number
   */
  void bytes(int output, byte[] source, int start, int end);

  /** Gives a text; the empty one is a missing cell. */
  default void text(int output, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    bytes(output, utf8, 0, utf8.length);
  }

  /**
   * Reports that an input has an invalid value; nothing is released of the tuple.
   *
   * @param expected what was expected, in words, without content
   */
  void invalid(int input, String expected);
}
