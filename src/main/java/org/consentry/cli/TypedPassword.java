package org.consentry.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/** A password that a person types without an echo, or a program writes as a line. */
final class TypedPassword {

  private TypedPassword() {}

  /**
   * Reads it: from a terminal twice, else the first line of the standard input.
   *
   * @throws ProblemException category USAGE when there is none, or both are not the same
   */
  static String read() {
    Console terminal = Boolean.getBoolean("consentry.interactive") ? System.console() : null;
    return terminal == null ? line() : twice(terminal);
  }

  private static String twice(Console terminal) {
    char[] first = terminal.readPassword("Password: ");
    char[] second = terminal.readPassword("The same again: ");
    if (first == null || !Arrays.equals(first, second)) {
      throw refused("expected the same password twice");
    }
    return new String(first);
  }

  private static String line() {
    try {
      String line =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
      if (line != null) {
        return line;
      }
    } catch (IOException unreadable) {
      throw refused("the standard input cannot be read");
    }
    throw refused("expected a password on the standard input");
  }

  private static ProblemException refused(String message) {
    return ProblemException.of(
        Category.USAGE, "PASSWORD", Place.of("password"), message, "try again");
  }
}
