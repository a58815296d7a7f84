package org.consentry.config;

import java.util.Optional;
import org.consentry.data.FieldType;

/**
 * The word after {@code type:}.
 *
 * @param type what it stands for
 */
@Doc(
    value = "text, code, integer, decimal(p,s) of at most 18 digits, date or timestamp",
    pattern = "text|code|integer|date|timestamp|decimal\\( ?\\d{1,2} ?, ?\\d{1,2} ?\\)")
public record ReleasedType(FieldType type) {

  /** Reads the word. */
  public static Optional<ReleasedType> parse(String word) {
    return FieldType.parse(word).map(ReleasedType::new);
  }
}
