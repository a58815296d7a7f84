package org.consentry.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.consentry.keys.SigningKey;
import org.consentry.keys.SshSignature;
import org.consentry.problem.Category;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.release.ReleaseApprovals.Approval;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A release has the approvals its manifest asks for, and no other file changes for them. */
final class ReleaseApprovalsTest {

  private static final String HINT = "; do not use the release before the clinic explains it";

  @TempDir private Path place;
  private SampleRelease release;
  private ReleaseSealer.Sealed sealed;
  private final SigningKey ann = SigningKey.generate();
  private final SigningKey bob = SigningKey.generate();

  @BeforeEach
  void seal() throws IOException {
    release = new SampleRelease(place);
    sealed =
        ReleaseSealer.seal(
            release.folder,
            release.internal,
            SampleRelease.needing(2),
            ReleaseFigures.NONE,
            release.signer,
            ReleaseSealer.Since.NOTHING);
  }

  @Test
  void isNotVerifiedBeforeItIsApprovedButStagedIt() {
    assertThat(findings())
        .containsExactly(
            "manifest.json: error APPROVALS expected 2 approvals of this manifest but found 0"
                + HINT);
    assertThat(ReleaseVerifier.verifyStaged(release.folder, trust(), PartReader.NONE))
        .extracting(Verification::assurance)
        .isEqualTo(Verification.Assurance.TRUSTED);
  }

  @Test
  void isVerifiedWithTheApprovalsItsManifestAsksFor() throws IOException {
    Map<String, String> before = contents();

    add(approval("ann@clinic", ann), approval("bob@clinic", bob));

    assertThat(findings()).isEmpty();
    Map<String, String> after = contents();
    assertThat(after.keySet())
        .contains("approvals/1.sig", "approvals/2.sig", "approvals/approvers");
    before.keySet().removeAll(List.of("SHA256SUMS", "SHA256SUMS.sig"));
    assertThat(after).containsAllEntriesOf(before);
  }

  @Test
  void addingAgainGivesWhatAddingOnceGives() throws IOException {
    String once = add(approval("ann@clinic", ann), approval("bob@clinic", bob));
    Map<String, String> before = contents();

    assertThat(add(approval("bob@clinic", bob))).isNotEqualTo(once);
    assertThat(add(approval("ann@clinic", ann), approval("bob@clinic", bob))).isEqualTo(once);

    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void addsNothingToAReleaseThatIsNotAsItWasSealed() throws IOException {
    Files.writeString(
        release.file("SHA256SUMS"), release.text("SHA256SUMS").replaceFirst("^.", "x"));

    assertThatThrownBy(() -> add(approval("ann@clinic", ann)))
        .isInstanceOf(ProblemException.class)
        .hasMessage(
            release.file("SHA256SUMS")
                + ": error STAGING_CHANGED the staged release is not as it was sealed; nothing was"
                + " published; resume the run to make the release again, then have it approved"
                + " again")
        .extracting(failure -> ((ProblemException) failure).category())
        .isEqualTo(Category.STALE);
    assertThat(release.file("approvals")).doesNotExist();
  }

  @Test
  void reportsThatTheDiskRefuses() throws IOException {
    Files.delete(release.file("SHA256SUMS.sig"));
    Files.createDirectory(release.file("SHA256SUMS.sig"));

    assertThatThrownBy(() -> add(approval("ann@clinic", ann)))
        .isInstanceOf(ProblemException.class)
        .hasMessage(
            release.folder
                + ": error APPROVALS the approvals cannot be written into the staged release;"
                + " check free space and permissions, then publish again")
        .extracting(failure -> ((ProblemException) failure).category())
        .isEqualTo(Category.RUN_FAILED);

    Files.delete(release.file("SHA256SUMS.sig"));
    add(approval("ann@clinic", ann), approval("bob@clinic", bob));
    assertThat(findings()).isEmpty();
  }

  @Test
  void countsOneKeyOnce() {
    add(approval("ann@clinic", ann), approval("anna@clinic", ann));

    assertThat(findings())
        .containsExactly(
            "manifest.json: error APPROVALS expected 2 approvals of this manifest but found 1"
                + HINT);
  }

  @Test
  void refusesASignatureOfSomethingElseAsAnApproval() throws IOException {
    SshSignature manifests =
        SshSignature.sign(
            ann, SshSignature.MANIFEST, Files.readAllBytes(release.file("manifest.json")));
    SshSignature other = SshSignature.sign(bob, SshSignature.APPROVAL, new byte[] {1});

    add(new Approval("ann@clinic", manifests), new Approval("bob@clinic", other));

    assertThat(findings())
        .containsExactly(
            "approvals/1.sig: error APPROVALS the signature is not an approval of this manifest"
                + HINT,
            "approvals/2.sig: error APPROVALS the signature is not an approval of this manifest"
                + HINT,
            "manifest.json: error APPROVALS expected 2 approvals of this manifest but found 0"
                + HINT);
  }

  @Test
  void noticesAnApprovalThatWasTakenAway() throws IOException {
    add(approval("ann@clinic", ann), approval("bob@clinic", bob));
    Files.delete(release.file("approvals/2.sig"));

    assertThat(findings())
        .contains(
            "approvals/2.sig: error MISSING the file is missing; ask the clinic for another copy");
  }

  @Test
  void sealingAgainTakesTheApprovalsAway() throws IOException {
    add(approval("ann@clinic", ann), approval("bob@clinic", bob));

    seal();

    assertThat(release.file("approvals")).doesNotExist();
  }

  private String add(Approval... approvals) {
    return ReleaseApprovals.add(
        release.folder, sealed.sumsSha256(), List.of(approvals), release.signer);
  }

  private Approval approval(String name, SigningKey key) {
    try {
      byte[] manifest = Files.readAllBytes(release.file("manifest.json"));
      return new Approval(name, SshSignature.sign(key, SshSignature.APPROVAL, manifest));
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }

  private Trust trust() {
    return new Trust.Fingerprint(release.signer.key().publicKey().fingerprint());
  }

  private List<String> findings() {
    return ReleaseVerifier.verify(release.folder, trust(), PartReader.NONE).findings().stream()
        .map(Problem::toString)
        .toList();
  }

  private Map<String, String> contents() throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(release.folder)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        contents.put(release.folder.relativize(file).toString(), Files.readString(file));
      }
    }
    return contents;
  }
}
