package org.consentry.problem;

/**
 * One thing a person must know: where, what was expected and found, and what to do.
 *
 * <p><b>Security promise:</b> no part of a problem has a cell value, a patient id or a key.
 *
 * @param severity error or warning
 * @param code stable upper-case word such as {@code UNKNOWN_KEY}, for people and programs to search
 * @param place where it was found
 * @param message expected and found, one sentence without a final stop
 * @param hint what to do; empty when there is nothing to add
 */
public record Problem(Severity severity, String code, Place place, String message, String hint) {

  public Problem {
    if (!code.matches("[A-Z][A-Z0-9_]*")) {
      throw new IllegalArgumentException("a code is an upper-case word but was " + code);
    }
    if (message.isEmpty()) {
      throw new IllegalArgumentException("message must not be empty");
    }
  }

  /** An error. */
  public static Problem error(String code, Place place, String message, String hint) {
    return new Problem(Severity.ERROR, code, place, message, hint);
  }

  /** A warning. */
  public static Problem warning(String code, Place place, String message, String hint) {
    return new Problem(Severity.WARNING, code, place, message, hint);
  }

  /** Returns {@code file:line:column: error CODE message; hint} in one line. */
  @Override
  public String toString() {
    String line = place + ": " + severity.word() + " " + code + " " + message;
    return hint.isEmpty() ? line : line + "; " + hint;
  }
}
