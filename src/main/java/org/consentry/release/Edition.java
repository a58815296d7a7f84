package org.consentry.release;

/**
 * For whom a manifest is written.
 *
 * <p><b>Security promise</b> of the recipient's edition: beside released rows, which can be counted
 * in the data, it contains no exact count. What is left out has three groups, each a {@link
 * Figure}.
 */
enum Edition {
  /** Figures in place of counts. */
  RECIPIENT,
  /** Exact, with every reason; stays in the clinic. */
  INTERNAL;

  String word() {
    return this == RECIPIENT ? "recipient" : "internal";
  }
}
