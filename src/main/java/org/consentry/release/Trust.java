package org.consentry.release;

import java.time.Instant;
import org.consentry.keys.AllowedSigners;

/** Which signers the reader of a release trusts, known by another way than the release itself. */
public sealed interface Trust {

  /**
   * Signers pinned in a file.
   *
   * @param signers its lines
   * @param file its name, for the commands that do the same
   * @param when the moment for which limits in time are judged
   */
  record Pinned(AllowedSigners signers, String file, Instant when) implements Trust {}

  /**
   * One key, by its fingerprint.
   *
   * @param fingerprint as {@code ssh-keygen -l} prints it: {@code SHA256:} and 43 characters
   */
  record Fingerprint(String fingerprint) implements Trust {}

  /** None known: only integrity can be checked. */
  record None() implements Trust {}
}
