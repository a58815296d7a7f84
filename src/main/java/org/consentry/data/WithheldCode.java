package org.consentry.data;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a mapping puts into released cells in place of a value that consent does not cover. Without
 * one such a cell is missing, which tells nobody that anything was refused.
 *
 * @param text the code as CSV files show it
 * @param number the code as a {@link LongColumn} holds it; {@link LongColumn#MISSING} for types
 *     that travel as bytes
 */
public record WithheldCode(String text, long number) {

  private static final int LONGEST = 64;
  private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,17})");
  private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,18})?");

  /**
   * Reads a code.
   *
   * @param type what the column's values are
   * @param word the code as people write it
   * @return empty when the type cannot hold the code; a date and a time hold none, because every
   *     one of them could be a real one
   */
  public static Optional<WithheldCode> of(FieldType type, String word) {
    return switch (type.kind()) {
      case TEXT, CODE -> isWord(word) ? bytes(word) : Optional.empty();
      case INTEGER -> WHOLE.matcher(word).matches() ? whole(word) : Optional.empty();
      case DECIMAL -> DECIMAL.matcher(word).matches() ? decimal(type, word) : Optional.empty();
      case DATE, TIMESTAMP -> Optional.empty();
    };
  }

  private static boolean isWord(String word) {
    return !word.isBlank()
        && word.equals(word.strip())
        && word.length() <= LONGEST
        && word.codePoints().noneMatch(Character::isISOControl);
  }

  private static Optional<WithheldCode> bytes(String word) {
    return Optional.of(new WithheldCode(word, LongColumn.MISSING));
  }

  private static Optional<WithheldCode> whole(String word) {
    long number = Long.parseLong(word);
    return Optional.of(new WithheldCode(Long.toString(number), number));
  }

  private static Optional<WithheldCode> decimal(FieldType type, String word) {
    BigDecimal value = new BigDecimal(word).stripTrailingZeros();
    if (value.scale() > type.scale()) {
      return Optional.empty();
    }
    BigDecimal scaled = value.setScale(type.scale());
    return scaled.precision() > type.precision()
        ? Optional.empty()
        : Optional.of(
            new WithheldCode(scaled.toPlainString(), scaled.unscaledValue().longValueExact()));
  }
}
