package org.consentry.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.consentry.keys.AllowedSigners;
import org.consentry.keys.SigningKey;
import org.consentry.keys.SshPublicKey;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose signature counts is what the installation pins; an unreadable line counts for no one. */
final class SignersFileTest {

  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  @TempDir private Path root;
  private StateFolder state = new StateFolder(Path.of(""));
  private final SshPublicKey key = SigningKey.generate().publicKey();
  private final SshPublicKey other = SigningKey.generate().publicKey();

  @BeforeEach
  void state() {
    state = new StateFolder(root.resolve("state"));
    state.prepare();
  }

  private static String line(SshPublicKey key) {
    return new AllowedSigners(List.of(AllowedSigners.Entry.forManifests("clinic", key))).text();
  }

  private void pin(String text) throws IOException {
    Files.writeString(state.trustedSigners(), text);
  }

  private void require(SshPublicKey used, Optional<String> released) {
    SignersFile.requirePinned(state, used, released, NOW);
  }

  @Test
  void aFirstReleaseNeedsNoPin() {
    assertThatCode(() -> require(key, Optional.empty())).doesNotThrowAnyException();
    assertThat(SignersFile.trusted(state)).isEmpty();
  }

  @Test
  void aPinnedKeyMaySign() throws IOException {
    pin(line(other) + line(key));

    assertThatCode(() -> require(key, Optional.of("any"))).doesNotThrowAnyException();
    assertThat(SignersFile.trusted(state).orElseThrow().entries()).hasSize(2);
  }

  @Test
  void anotherKeyThanThePinnedOneMayNot() throws IOException {
    pin(line(other));

    assertThatThrownBy(() -> require(key, Optional.empty()))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(
            "error SIGNER_NOT_PINNED the signing key "
                + key.fingerprint()
                + " is none of those pinned for manifests; restore the key that is")
        .extracting(refused -> ((ProblemException) refused).category())
        .isEqualTo(Category.KEY);
  }

  @Test
  void aKeyThatIsPinnedForAnotherUseMayNot() throws IOException {
    pin(line(key).replace("consentry-manifest", "file"));

    assertThatThrownBy(() -> require(key, Optional.empty()))
        .hasMessageContaining("SIGNER_NOT_PINNED");
  }

  @Test
  void aKeyWhosePinEndedMayNot() throws IOException {
    pin(line(key).replace("namespaces=", "valid-before=\"20261101Z\",namespaces="));

    assertThatThrownBy(() -> require(key, Optional.empty()))
        .hasMessageContaining("SIGNER_NOT_PINNED");
  }

  @Test
  void aLostPinIsShownAsTheCommandThatRestoresIt() {
    assertThatThrownBy(() -> require(key, Optional.of(key.fingerprint())))
        .hasMessageContaining(
            "error NO_SIGNER_PINNED no signer is pinned, but this state folder has released; the"
                + " newest release was signed by "
                + key.fingerprint())
        .hasMessageContaining("(umask 077; echo '")
        .hasMessageContaining("namespaces=\"consentry-manifest\"");
  }

  @Test
  void aLostPinAndAnotherKeyHaveNoCommand() {
    assertThatThrownBy(() -> require(key, Optional.of(other.fingerprint())))
        .hasMessageContaining("was signed by " + other.fingerprint())
        .hasMessageEndingWith(
            "restore the file and the signing key from their backups; the job's key is "
                + key.fingerprint())
        .hasMessageNotContaining("umask");
  }

  @Test
  void aLineThatIsNotUnderstoodPinsNoOne() throws IOException {
    pin(line(key) + "clinic ssh-rsa AAAA\nclinic\n");

    assertThatThrownBy(() -> SignersFile.trusted(state))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(state.trustedSigners() + ":2:")
        .hasMessageContaining(state.trustedSigners() + ":3:")
        .extracting(refused -> ((ProblemException) refused).category())
        .isEqualTo(Category.KEY);
  }

  @Test
  void aFolderInPlaceOfTheFilePinsNoOne() throws IOException {
    Files.createDirectory(state.trustedSigners());

    assertThatThrownBy(() -> SignersFile.trusted(state))
        .hasMessageEndingWith(
            "error SIGNERS the file of trusted signers cannot be read; give a file in the form of"
                + " OpenSSH's allowed_signers");
  }

  @Test
  void aLinkToNothingIsNoMissingPin() throws IOException {
    Files.createSymbolicLink(state.trustedSigners(), root.resolve("gone"));

    assertThatThrownBy(() -> require(key, Optional.empty())).hasMessageContaining("error SIGNERS");
  }

  @Test
  void noOneApprovesWhereNoApproverIsPinned() {
    assertThat(SignersFile.approvers(state).entries()).isEmpty();
  }

  @Test
  void anUnreadableFileOfApproversIsAMatterOfAuthority() throws IOException {
    Files.writeString(state.approvers(), "nonsense\n");

    assertThatThrownBy(() -> SignersFile.approvers(state))
        .extracting(refused -> ((ProblemException) refused).category())
        .isEqualTo(Category.AUTHORITY);
  }

  @Test
  void aFileThatAnOptionNamesIsAMatterOfTheCommand() {
    assertThatThrownBy(() -> SignersFile.read(root.resolve("gone")))
        .extracting(refused -> ((ProblemException) refused).category())
        .isEqualTo(Category.USAGE);
  }
}
