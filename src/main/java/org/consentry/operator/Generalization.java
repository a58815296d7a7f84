package org.consentry.operator;

/** What the eight operators of {@code do: generalize} are called. */
final class Generalization {

  /** The word after {@code do:}. */
  static final String NAME = "generalize";

  private Generalization() {}

  /** What one of the eight is called in messages: as the mapping writes it. */
  static String to(String word) {
    return NAME + " to " + word;
  }
}
