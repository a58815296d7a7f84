package org.consentry.cli;

/** A number with its noun, for messages. */
final class Count {

  private Count() {}

  /** As in {@code 1 file} and {@code 2 files}; the plural is made with an s. */
  static String of(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
