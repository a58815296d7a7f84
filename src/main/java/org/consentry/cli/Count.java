package org.consentry.cli;

/** A number with its noun, for messages. */
final class Count {

  private Count() {}

  /** As in {@code 1 file} and {@code 2 files}; the plural is made with an s. */
  static String of(long number, String noun) {
    return of(number, noun, noun + "s");
  }

  /** The same with a plural of its own, as in {@code 2 entries}. */
  static String of(long number, String noun, String plural) {
    return number + " " + (number == 1 ? noun : plural);
  }
}
