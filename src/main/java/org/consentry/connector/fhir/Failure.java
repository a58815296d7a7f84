package org.consentry.connector.fhir;

/**
 * What is wrong with an expression or a resource, before anyone knows in which file and line. Its
 * message has nothing of a resource.
 */
final class Failure extends Exception {

  private static final long serialVersionUID = 1L;

  private final String hint;

  Failure(String message, String hint) {
    super(message, null, false, false);
    this.hint = hint;
  }

  String message() {
    return String.valueOf(getMessage());
  }

  String hint() {
    return hint;
  }
}
