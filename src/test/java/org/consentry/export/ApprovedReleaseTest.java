package org.consentry.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.consentry.keys.AllowedSigners;
import org.consentry.keys.SigningKey;
import org.consentry.keys.SshSignature;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerEvent;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.Staging;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.Planner;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.consentry.release.Approvals;
import org.consentry.release.Publisher;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A staged release is published as it was approved, byte for byte, or not at all. */
final class ApprovedReleaseTest {

  private static final String RUN = "visits-1";

  @TempDir private Path root;
  private SmallClinic clinic;
  private Path job;
  private final SigningKey ann = SigningKey.generate();
  private final SigningKey ben = SigningKey.generate();

  @BeforeEach
  void stagedRelease() throws IOException {
    clinic = new SmallClinic(root).patients(1, 20);
    job = clinic.job("visits", "a", "uni", Basis.DE_IDENTIFIED);
    clinic.append("jobs/visits.yaml", "approval: {required: 1}");
    clinic.release(job);
    pin(entry("ann@clinic", ann), entry("ben@clinic", ben));
  }

  private static AllowedSigners.Entry entry(String name, SigningKey key) {
    return new AllowedSigners.Entry(
        name, key.publicKey(), List.of(SshSignature.APPROVAL), Instant.MIN, Instant.MAX);
  }

  private void pin(AllowedSigners.Entry... entries) throws IOException {
    Files.writeString(clinic.state().approvers(), new AllowedSigners(List.of(entries)).text());
  }

  private Approvals approvals() {
    return new Approvals(clinic.ledger(), SignersFile.approvers(clinic.state()), clinic::instant);
  }

  private Staging staging() {
    return Staging.of(root.resolve("releases"), RUN);
  }

  private void approve(SigningKey key) {
    byte[] manifest = ApprovedRelease.manifest(staging());
    Approvals approvals = approvals();
    approvals.approve(
        approvals.staged(RUN), manifest, SshSignature.sign(key, SshSignature.APPROVAL, manifest));
  }

  private Publication publish() {
    ExportPlan plan =
        Planner.plan(job, clinic.now().toLocalDate(), clinic.now().toLocalDate(), Optional.empty());
    RunContext context =
        new RunContext(
            RUN,
            "operator",
            List.of("operator"),
            Optional.empty(),
            Accepted.NOTHING,
            clinic.state(),
            staging(),
            clinic.ledger(),
            new Publisher(clinic.ledger(), clinic::instant),
            clinic::instant,
            ZoneOffset.UTC,
            "test",
            Environments.of(clinic).progress());
    return new ApprovedRelease(plan, context, approvals()).publish();
  }

  private void refuses(Category category, String message) {
    assertThatThrownBy(this::publish)
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(message)
        .extracting(refused -> ((ProblemException) refused).category())
        .isEqualTo(category);
    assertThat(root.resolve("releases/visits/2026-11-23-r1")).doesNotExist();
  }

  @Test
  void publishesTheBytesThatWereApproved() throws IOException {
    byte[] manifest = ApprovedRelease.manifest(staging());
    byte[] rows = Files.readAllBytes(staging().release().resolve("data/visits.csv"));
    approve(ann);

    Publication publication = publish();

    assertThat(publication.state()).isEqualTo(Publication.State.PUBLISHED);
    assertThat(publication.folder()).isEqualTo(root.resolve("releases/visits/2026-11-23-r1"));
    assertThat(publication.folder().resolve("manifest.json")).hasBinaryContent(manifest);
    assertThat(publication.folder().resolve("data/visits.csv")).hasBinaryContent(rows);
    assertThat(staging().folder()).doesNotExist();
  }

  @Test
  void theLedgerNamesTheApproverAndTheKey() {
    approve(ben);

    publish();

    LedgerEntry entry = clinic.ledger().lastPublished("S-A").orElseThrow();
    assertThat(entry.fact(LedgerFact.APPROVED_BY))
        .contains("ben@clinic " + ben.publicKey().fingerprint());
    assertThat(entry.fact(LedgerFact.RELEASE)).contains("2026-11-23-r1");
  }

  @Test
  void isNotPublishedFromARestoredState() {
    approve(ann);
    clinic.ledger().append(clinic.instant(), LedgerEvent.restored(clinic.instant(), "operator"));

    refuses(Category.FILES_INVALID, "error RESTRICTIONS_OLD the state folder was restored");
  }

  @Test
  void needsAnApproval() {
    refuses(
        Category.AUTHORITY,
        "run visits-1: error APPROVAL_MISSING 0 of 1 approval given; consentry approve visits-1"
            + " --key file:KEY");
  }

  @Test
  void anApproverWhoWasTakenOffApprovedNothing() throws IOException {
    approve(ann);
    pin(entry("ben@clinic", ben));

    refuses(Category.AUTHORITY, "error APPROVAL_MISSING 0 of 1 approval given");
  }

  @Test
  void anApproverWhoseKeyHasAnotherNameByNowApprovedNothing() throws IOException {
    approve(ann);
    pin(entry("carl@clinic", ann));

    refuses(Category.AUTHORITY, "error APPROVAL_MISSING");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"data/visits.csv", "data/patients.csv", "README.md", "codebook.csv", "SHA256SUMS"})
  void refusesAFileThatWasChangedInStaging(String file) throws IOException {
    approve(ann);
    Files.writeString(staging().release().resolve(file), "x\n", StandardOpenOption.APPEND);

    refuses(Category.STALE, "error");
  }

  @Test
  void refusesAFileThatWasAddedToStaging() throws IOException {
    approve(ann);
    Files.writeString(staging().release().resolve("data/more.csv"), "x\n");

    refuses(Category.STALE, "error");
  }

  @Test
  void refusesAManifestThatWasChanged() throws IOException {
    approve(ann);
    Files.writeString(staging().release().resolve("manifest.json"), " ", StandardOpenOption.APPEND);

    refuses(Category.STALE, "error");
  }

  @Test
  void refusesAManifestThatIsGone() throws IOException {
    approve(ann);
    Files.delete(staging().release().resolve("manifest.json"));

    refuses(
        Category.STALE,
        "error STAGING_CHANGED the staged manifest cannot be read; nothing was published");
  }

  @ParameterizedTest
  @ValueSource(strings = {"members/visits-1.members", "members/visits-1.figures"})
  void refusesWhenTheStateFolderLostWhatItStoresOfTheRelease(String file) throws IOException {
    approve(ann);
    Files.delete(clinic.state().home().resolve(file));

    refuses(
        Category.STALE,
        file
            + ": error STAGING_CHANGED the file is missing or is not the one of the staged release;"
            + " nothing was published");
  }

  @Test
  void refusesWhenAnotherReleaseOfTheStudyCameBetween() {
    approve(ann);
    clinic.release(clinic.job("other", "a", "lab", Basis.DE_IDENTIFIED));

    refuses(
        Category.STALE,
        "run visits-1: error RELEASED_MEANWHILE another release of the study, or another list of the"
            + " kind, was published after this one was staged, so this one does not follow the"
            + " newest");
  }

  @Test
  void aReleaseOfAnotherStudyDoesNotMatter() {
    approve(ann);
    clinic.release(clinic.job("other", "b", "uni", Basis.DE_IDENTIFIED));

    assertThat(publish().folder()).isDirectory();
  }

  @Test
  void refusesAnotherSigningKey() throws IOException {
    approve(ann);
    Files.delete(root.resolve("keys/signing.pem"));
    SigningKey.generate().writeNew(root.resolve("keys/signing.pem"));

    refuses(
        Category.KEY,
        "error OTHER_KEY the signing key is not the one that signed the staged manifest");
  }

  @Test
  void refusesWhenAPatientWithdrewMeanwhile() {
    approve(ann);
    clinic.withdraws(7);

    refuses(Category.STALE, "error CONSENT_CHANGED");
  }

  @Test
  void aRunThatWasNeverStagedHasNothingToPublish() {
    assertThatThrownBy(() -> approvals().staged("visits-9"))
        .hasMessageStartingWith(
            "run visits-9: error NOT_STAGED the ledger knows of no staged release of this run");
  }
}
