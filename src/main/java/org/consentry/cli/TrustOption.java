package org.consentry.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.consentry.followup.ReleaseCheck;
import org.consentry.ledger.StateFolder;
import org.consentry.release.Trust;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whose signature a person trusts. */
final class TrustOption {

  @Option(
      names = "--signers",
      paramLabel = "FILE",
      description = "Trusted signers, in the form of OpenSSH's allowed_signers.")
  private @Nullable Path signers;

  @Option(
      names = "--fingerprint",
      paramLabel = "SHA256:...",
      description = "The trusted signer's fingerprint, as ssh-keygen -l prints it.")
  private @Nullable String fingerprint;

  boolean isGiven() {
    return fingerprint != null || signers != null;
  }

  /** The trust that was given; empty when neither option was. */
  Optional<Trust> given() {
    return fingerprint != null
        ? Optional.of(new Trust.Fingerprint(fingerprint))
        : Optional.ofNullable(signers).map(ReleaseCheck::pinned);
  }

  /** The trust that was given, or else in the signers that the installation pins. */
  Trust orPinned(StateFolder state) {
    return given().orElseGet(() -> ReleaseCheck.pinned(state));
  }
}
