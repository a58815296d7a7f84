package org.consentry.connector.parquet.source;

import java.util.Optional;
import org.consentry.connector.parquet.source.LogicalType.Kind;

/**
 * A column of the top level of a Parquet schema.
 *
 * @param leaf number of its first leaf column in the file
 * @param leaves how many leaf columns it has; 1 unless it is nested
 * @param length bytes of a value of fixed length, or 0
 * @param level what a row has
 * @param type in words, to compare files by
 * @param text how values become text; empty when they do not
 * @param refusal why they do not, or empty
 */
record SourceColumn(
    String name,
    int leaf,
    int leaves,
    Physical physical,
    int length,
    Level level,
    String type,
    Optional<CellText> text,
    Optional<String> refusal) {

  private static final int LONGEST_VALUE = 1 << 20;

  /** What a row has. */
  enum Level {
    /** One value. */
    REQUIRED,
    /** One value or none. */
    OPTIONAL,
    /** Any number of values. */
    NESTED
  }

  /** A column that cannot be read, and why, in words that follow its name. */
  static SourceColumn refused(String name, int leaf, int leaves, String why) {
    return new SourceColumn(
        name,
        leaf,
        leaves,
        Physical.BYTE_ARRAY,
        0,
        Level.NESTED,
        why,
        Optional.empty(),
        Optional.of(why));
  }

  static SourceColumn of(
      String name,
      int leaf,
      Physical physical,
      int length,
      int repetition,
      Optional<LogicalType> logical) {
    if (repetition < 0 || repetition > 2) {
      throw new Damage("has a column that is neither required nor optional nor repeated");
    }
    boolean fixed = physical == Physical.FIXED_LEN_BYTE_ARRAY;
    if (fixed && (length < 1 || length > LONGEST_VALUE)) {
      throw new Damage("has a column of a fixed length outside of 1 to " + LONGEST_VALUE);
    }
    int width = fixed ? length : physical.width();
    Optional<CellText> text = CellText.of(physical, width, logical);
    String type = physical + logical.map(meaning -> " " + meaning).orElse("") + " " + width;
    return new SourceColumn(
        name,
        leaf,
        1,
        physical,
        width,
        repetition == 0 ? Level.REQUIRED : Level.OPTIONAL,
        type,
        text,
        text.isPresent() ? Optional.empty() : Optional.of(why(logical)));
  }

  private static String why(Optional<LogicalType> logical) {
    return logical
        .map(
            meaning ->
                meaning.kind() == Kind.NESTED
                    ? "is nested"
                    : "has a type without a text form (" + meaning.kind() + ")")
        .orElse("has bytes that are no text");
  }

  /** Whether a row may have other than one value or none. */
  boolean isNested() {
    return level == Level.NESTED;
  }
}
