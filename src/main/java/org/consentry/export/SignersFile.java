package org.consentry.export;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.consentry.keys.AllowedSigners;
import org.consentry.keys.SshPublicKey;
import org.consentry.keys.SshSignature;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.problem.Problems;

/** A file of signers, in the form of OpenSSH's {@code allowed_signers}, as commands read it. */
public final class SignersFile {

  private SignersFile() {}

  /**
   * Reads a file that an option names.
   *
   * @throws ProblemException category USAGE with every line that is not understood
   */
  public static AllowedSigners read(Path file) {
    return read(file, Category.USAGE);
  }

  /**
   * Whose signatures count; empty when the installation pins no signer.
   *
   * @throws ProblemException category KEY with every line that is not understood
   */
  public static Optional<AllowedSigners> trusted(StateFolder state) {
    return Files.exists(state.trustedSigners(), LinkOption.NOFOLLOW_LINKS)
        ? Optional.of(read(state.trustedSigners(), Category.KEY))
        : Optional.empty();
  }

  /**
   * Who may approve; no one when the installation pins no approver.
   *
   * @throws ProblemException category AUTHORITY with every line that is not understood
   */
  public static AllowedSigners approvers(StateFolder state) {
    return Files.exists(state.approvers(), LinkOption.NOFOLLOW_LINKS)
        ? read(state.approvers(), Category.AUTHORITY)
        : new AllowedSigners(List.of());
  }

  /**
   * Refuses a signing key that the installation does not pin for manifests. It pins none only as
   * long as it never released; the first release pins its signer.
   *
   * @param released fingerprint of the key that signed the newest release; empty when there is none
   * @throws ProblemException category KEY; it names the command that pins a key
   */
  public static void requirePinned(
      StateFolder state, SshPublicKey key, Optional<String> released, Instant now) {
    Path file = state.trustedSigners();
    boolean isThere = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    if (!isThere && released.isPresent()) {
      throw unpinned(file, key, released.get());
    }
    if (!isThere
        || read(file, Category.KEY).principal(key, SshSignature.MANIFEST, now).isPresent()) {
      return;
    }
    throw ProblemException.of(
        Category.KEY,
        "SIGNER_NOT_PINNED",
        Place.of(file),
        "the signing key " + key.fingerprint() + " is none of those pinned for manifests",
        "restore the key that is; to change keys keep the old line, add "
            + RunKeys.SIGNER
            + " namespaces=\""
            + SshSignature.MANIFEST
            + "\" and the key as consentry keys show signing prints it, and inform recipients");
  }

  private static ProblemException unpinned(Path file, SshPublicKey key, String released) {
    boolean isSame = key.fingerprint().equals(released);
    String line =
        new AllowedSigners(List.of(AllowedSigners.Entry.forManifests(RunKeys.SIGNER, key))).text();
    return ProblemException.of(
        Category.KEY,
        "NO_SIGNER_PINNED",
        Place.of(file),
        "no signer is pinned, but this state folder has released; the newest release was signed by "
            + released,
        isSame
            ? "restore the file from its backup, or pin that key: (umask 077; echo '"
                + line.strip()
                + "' > '"
                + Place.name(file)
                + "')"
            : "restore the file and the signing key from their backups; the job's key is "
                + key.fingerprint());
  }

  private static AllowedSigners read(Path file, Category otherwise) {
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      Problems problems = new Problems();
      AllowedSigners signers = AllowedSigners.parse(Place.name(file), text, problems);
      problems.throwIfAny(otherwise);
      return signers;
    } catch (IOException unreadable) {
      throw ProblemException.of(
          otherwise,
          "SIGNERS",
          Place.of(file),
          "the file of trusted signers cannot be read",
          "give a file in the form of OpenSSH's allowed_signers");
    }
  }
}
