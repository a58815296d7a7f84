package org.consentry.operator;

import java.util.Arrays;
import java.util.Optional;
import org.consentry.config.Doc;

/** What a procedure line is called in research. Never a coverage decision. */
@Doc(
    "one of COSMETIC, RECONSTRUCTIVE_MEDICALLY_NECESSARY, RECONSTRUCTIVE_BY_BENEFIT,"
        + " INDETERMINATE")
public enum ServiceClass {
  /** Reshapes normal structures to improve appearance. */
  COSMETIC,
  /** Treats abnormal structures, and a functional need is documented. */
  RECONSTRUCTIVE_MEDICALLY_NECESSARY,
  /**
   * Treats abnormal structures without a documented functional need; benefits language or a mandate
   * may still make it eligible.
   */
  RECONSTRUCTIVE_BY_BENEFIT,
  /** The row has too little information, or contradicts itself. */
  INDETERMINATE;

  /** Reads the name, exactly as written here. */
  public static Optional<ServiceClass> parse(String word) {
    return Arrays.stream(values()).filter(value -> value.name().equals(word)).findFirst();
  }
}
