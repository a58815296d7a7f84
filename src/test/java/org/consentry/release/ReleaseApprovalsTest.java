package org.consentry.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.consentry.data.Sha256;
import org.consentry.keys.SigningKey;
import org.consentry.keys.SshSignature;
import org.consentry.ledger.Staging;
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

  private static final Instant AT = Instant.parse("2026-11-29T07:12:34Z");

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
        .contains(
            "approvals/1.sig",
            "approvals/2.sig",
            "approvals/approvals.json",
            "approvals/approvers");
    before.keySet().removeAll(List.of("SHA256SUMS", "SHA256SUMS.sig", "manifest.html"));
    assertThat(after).containsAllEntriesOf(before);
  }

  @Test
  void reportsWhoApprovedAndWhen() {
    add(approval("ann@clinic", ann), approval("bob@clinic", bob));

    assertThat(ReleaseVerifier.verify(release.folder, trust(), PartReader.NONE).approved())
        .containsExactly(
            new Approved("ann@clinic", ann.publicKey().fingerprint(), AT),
            new Approved("bob@clinic", bob.publicKey().fingerprint(), AT));
  }

  @Test
  void thePageNamesTheApproversAndTheStagedOneNamesNone() throws IOException {
    assertThat(release.text("manifest.html"))
        .contains("Approvals of this manifest needed before publication: 2.")
        .doesNotContain("Who approved");

    add(approval("ann@clinic", ann), approval("bob@clinic", bob));

    assertThat(release.text("manifest.html"))
        .contains(
            "<dd>Approved by ann@clinic on 2026-11-29 07:12 UTC</dd>",
            "<th scope=\"row\">bob@clinic</th><td data-label=\"Approved on\">2026-11-29 07:12"
                + " UTC</td><td data-label=\"Key\" class=\"d\">"
                + bob.publicKey().fingerprint()
                + "</td>",
            "ssh-keygen -Y verify -f approvals/approvers -I bob@clinic -n consentry-approval -s"
                + " approvals/2.sig &lt; manifest.json")
        .doesNotContain("needed before publication");
  }

  @Test
  void theStatementNamesTheManifestThatWasSigned() throws IOException {
    add(approval("ann@clinic", ann), approval("bob@clinic", bob));

    assertThat(release.text("approvals/approvals.json"))
        .contains(
            "\"sha256\" : \"" + sealed.manifestSha256() + "\"",
            "\"approvedAt\" : \"2026-11-29T07:12:34Z\"");
  }

  @Test
  void refusesAStatementThatNamesAnotherApproverKeyMomentOrManifest() throws IOException {
    add(approval("ann@clinic", ann), approval("bob@clinic", bob));
    String statement = release.text("approvals/approvals.json");

    for (String[] other :
        new String[][] {
          {"bob@clinic", "eve@clinic"},
          {"bob@clinic", "ann@clinic"},
          {bob.publicKey().fingerprint(), ann.publicKey().fingerprint()},
          {"2026-11-29T07:12:34Z", "yesterday"},
          {"2026-11-29T07:12:34Z", "+999999999-11-29T07:12:34Z"},
          {sealed.manifestSha256(), "0".repeat(64)},
          {"approvals/2.sig", "approvals/1.sig"},
          {"approval/v1", "approval/v2"}
        }) {
      signAgainWith("approvals/approvals.json", statement.replace(other[0], other[1]));

      assertThat(findings())
          .as(other[1])
          .containsExactly(
              "approvals/approvals.json: error APPROVALS expected one approver with a moment for"
                  + " each signature of this manifest but found others"
                  + HINT);
      assertThat(ReleaseVerifier.verify(release.folder, trust(), PartReader.NONE).approved())
          .isEmpty();
    }
  }

  @Test
  void theApprovalsOfAnotherReleaseAreNone() throws IOException {
    Path other = Files.createDirectory(place.resolve("other"));
    add(approval("ann@clinic", ann), approval("bob@clinic", bob));
    copy(release.file("approvals"), other);
    release = new SampleRelease(Files.createDirectory(place.resolve("next")));
    sealed =
        ReleaseSealer.seal(
            release.folder,
            release.internal,
            SampleRelease.needing(3),
            ReleaseFigures.NONE,
            release.signer,
            ReleaseSealer.Since.NOTHING);
    copy(other, Files.createDirectory(release.file("approvals")));
    for (String name : List.of("1.sig", "2.sig", "approvals.json", "approvers")) {
      signAgainWith("approvals/" + name, release.text("approvals/" + name));
    }

    assertThat(findings())
        .containsExactly(
            "approvals/1.sig: error APPROVALS the signature is not an approval of this manifest"
                + HINT,
            "approvals/2.sig: error APPROVALS the signature is not an approval of this manifest"
                + HINT,
            "manifest.json: error APPROVALS expected 3 approvals of this manifest but found 0"
                + HINT);
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

    add(new Approval("ann@clinic", manifests, AT), new Approval("bob@clinic", other, AT));

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
  void otherFilesBesideTheApprovalsAreNotOfTheRelease() throws IOException {
    add(approval("ann@clinic", ann), approval("bob@clinic", bob));
    List<String> others =
        List.of(
            "approvals/0.sig",
            "approvals/03.sig",
            "approvals/3.sig.txt",
            "approvals/approvers.bak",
            "approvals/patients.csv");
    for (String name : others) {
      signAgainWith(name, "x");
    }

    assertThat(findings())
        .containsExactlyElementsOf(
            others.stream()
                .map(
                    name ->
                        name
                            + ": error SUBJECT the manifest does not speak of this file; ask the"
                            + " clinic for another copy")
                .toList());
  }

  @Test
  void aReleaseThatNeedsNoApprovalsHasNoFileOfThem() throws IOException {
    release = new SampleRelease(Files.createDirectory(place.resolve("next")));
    sealed =
        ReleaseSealer.seal(
            release.folder,
            release.internal,
            SampleRelease.needing(0),
            ReleaseFigures.NONE,
            release.signer,
            ReleaseSealer.Since.NOTHING);
    assertThat(findings()).isEmpty();
    Files.createDirectory(release.file("approvals"));
    signAgainWith("approvals/1.sig", approval("ann@clinic", ann).signature().armored());
    signAgainWith("approvals/approvers", "x");
    signAgainWith("approvals/patients.csv", "x");

    assertThat(findings())
        .containsExactlyInAnyOrder(
            "approvals/1.sig: error APPROVALS the manifest needs no approvals but this is a file of"
                + " some"
                + HINT,
            "approvals/approvers: error APPROVALS the manifest needs no approvals but this is a"
                + " file of some"
                + HINT,
            "approvals/patients.csv: error SUBJECT the manifest does not speak of this file; ask"
                + " the clinic for another copy");
  }

  @Test
  void sealingAgainTakesTheApprovalsAway() throws IOException {
    add(approval("ann@clinic", ann), approval("bob@clinic", bob));

    seal();

    assertThat(release.file("approvals")).doesNotExist();
  }

  private String add(Approval... approvals) {
    return ReleaseApprovals.add(staging(), sealed.sumsSha256(), List.of(approvals), release.signer);
  }

  private Approval approval(String name, SigningKey key) {
    try {
      byte[] manifest = Files.readAllBytes(release.file("manifest.json"));
      return new Approval(name, SshSignature.sign(key, SshSignature.APPROVAL, manifest), AT);
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }

  private Staging staging() {
    Staging staging = new Staging(Objects.requireNonNull(release.folder.getParent()));
    staging.prepare();
    return staging;
  }

  /** What a clinic that wants to deceive could do: it signs whatever the folder has. */
  private void signAgainWith(String name, String text) throws IOException {
    Files.writeString(release.file(name), text);
    SortedMap<String, String> sums =
        Checksums.read(Files.readAllBytes(release.file("SHA256SUMS"))).orElseThrow();
    sums.put(name, Sha256.hex(text.getBytes(StandardCharsets.UTF_8)));
    byte[] bytes = Checksums.write(sums);
    Files.write(release.file("SHA256SUMS"), bytes);
    Files.writeString(
        release.file("SHA256SUMS.sig"),
        SshSignature.sign(release.signer.key(), SshSignature.MANIFEST, bytes).armored());
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
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
