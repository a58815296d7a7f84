package org.consentry.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.consentry.keys.AllowedSigners;
import org.consentry.keys.SigningKey;
import org.consentry.keys.SshSignature;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerEvent;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Enough different people approve exactly what is staged, and no one approves their own request.
 */
class ApprovalsTest {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final byte[] MANIFEST = "{\"run\":\"run-1\"}".getBytes(StandardCharsets.UTF_8);

  @TempDir Path home = Path.of("");

  private Ledger ledger;
  private final SigningKey ann = SigningKey.generate();
  private final SigningKey bob = SigningKey.generate();
  private final SigningKey releases = SigningKey.generate();

  @BeforeEach
  void stage() throws Exception {
    StateFolder state = new StateFolder(home);
    state.prepare();
    ledger = Ledger.open(state, () -> NOON);
    Map<LedgerFact, String> facts = new EnumMap<>(LedgerFact.class);
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(MANIFEST);
    facts.put(LedgerFact.MANIFEST_SHA256, HexFormat.of().formatHex(digest));
    facts.put(LedgerFact.REQUIRED, "2");
    facts.put(LedgerFact.REQUESTED_BY, "steward@clinic");
    facts.put(LedgerFact.OPERATORS, "nightly\nresumer");
    facts.put(LedgerFact.SIGNING_KEY, releases.publicKey().fingerprint());
    ledger.append(NOON, new LedgerEvent(LedgerEntry.Kind.STAGED, "run-1", "job", "IRB-1", facts));
  }

  @Test
  void countsTwoApproversWhoSignedTheStagedManifest() {
    Approvals approvals = approvals(entry("ann@clinic", ann), entry("bob@clinic", bob));

    assertThat(approve(approvals, ann).words()).isEqualTo("1 of 2 approvals given (ann@clinic)");
    Approvals.Status status = approve(approvals, bob);

    assertThat(status.words()).isEqualTo("2 of 2 approvals given (ann@clinic, bob@clinic)");
    assertThat(status.isEnough()).isTrue();
    assertThat(ledger.entries(LedgerEntry.Kind.APPROVED))
        .extracting(entry -> entry.fact(LedgerFact.KEY).orElse(""))
        .containsExactly(ann.publicKey().fingerprint(), bob.publicKey().fingerprint());
  }

  @Test
  void refusesASignatureOfAnUnknownKey() {
    refused(approvals(entry("bob@clinic", bob)), sign(ann))
        .hasMessage(
            "approval: error APPROVER_UNKNOWN the key "
                + ann.publicKey().fingerprint()
                + " is none of the approvers this installation pins;"
                + " add it to the file approvers of the state folder if it may approve");
  }

  @Test
  void refusesASignatureOfAKeyThatHasExpiredOrIsPinnedForSomethingElse() {
    String message =
        "approval: error APPROVER_EXPIRED the key "
            + ann.publicKey().fingerprint()
            + " is pinned, but not for approvals at this time;"
            + " look at namespaces, valid-after and valid-before in the file approvers";

    refused(approvals(entry("ann@clinic", ann, Instant.MIN, NOON)), sign(ann)).hasMessage(message);
    refused(approvals(entry("ann@clinic", ann, NOON.plusSeconds(1), Instant.MAX)), sign(ann))
        .hasMessage(message);
    refused(approvals(AllowedSigners.Entry.forManifests("ann@clinic", ann.publicKey())), sign(ann))
        .hasMessage(message);
  }

  @Test
  void refusesASignatureOfSomethingElse() {
    Approvals approvals = approvals(entry("ann@clinic", ann));
    String message =
        "approval: error APPROVAL_SIGNATURE the signature is not one of the staged manifest for"
            + " consentry-approval;"
            + " sign manifest.json of the staged release, as consentry status shows";

    refused(approvals, SshSignature.sign(ann, SshSignature.MANIFEST, MANIFEST)).hasMessage(message);
    refused(approvals, SshSignature.sign(ann, SshSignature.APPROVAL, new byte[] {1}))
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({
    "steward@clinic",
    "Steward@Clinic",
    "steward",
    "steward@clinic.example",
    "STEWARD@elsewhere.example",
    "nightly",
    "nightly@clinic",
    "NIGHTLY@elsewhere",
    "resumer@clinic"
  })
  void refusesRequesterAndOperatorAsApprovers(String name) {
    refused(approvals(entry(name, ann)), sign(ann))
        .hasMessage(
            "approval: error APPROVER_NOT_DISTINCT requester, operators and approvers must be"
                + " different persons; have another person approve");
  }

  @Test
  void refusesTheKeyThatSignsReleases() {
    refused(approvals(entry("ann@clinic", releases)), sign(releases))
        .hasMessage(
            "approval: error APPROVER_NOT_DISTINCT the key that signs releases cannot approve"
                + " one; give every approver a key of their own");
  }

  @Test
  void countsOnePersonOnceWhateverKeysOrNamesTheyHave() {
    Approvals twoKeys = approvals(entry("ann@clinic", ann), entry("Ann@clinic", bob));
    approve(twoKeys, ann);

    refused(twoKeys, sign(bob))
        .hasMessage(
            "approval: error APPROVED_ALREADY ann@clinic approved this release already;"
                + " one person approves once");
    refused(approvals(entry("ann@clinic", ann), entry("ann@elsewhere", bob)), sign(bob))
        .hasMessageContaining("APPROVED_ALREADY");
    refused(approvals(entry("ann@clinic", ann), entry("anna@clinic", ann)), sign(ann))
        .hasMessageContaining("APPROVED_ALREADY");
  }

  @Test
  void refusesANameThatCouldSteerACommand() {
    refused(approvals(entry("ann;rm", ann)), sign(ann))
        .hasMessageContaining("APPROVER_NAME an approver is named by letters, digits and @._-");
  }

  @Test
  void countsAnApproverNoMoreWhoWasTakenOff() {
    approve(approvals(entry("ann@clinic", ann)), ann);

    assertThat(status(approvals(entry("bob@clinic", bob))).words())
        .isEqualTo("0 of 2 approvals given");
    assertThat(status(approvals(entry("ann@clinic", ann, Instant.MIN, NOON))).given()).isEmpty();
  }

  @Test
  void countsNoApprovalOfAnEarlierStaging() {
    Approvals approvals = approvals(entry("ann@clinic", ann), entry("bob@clinic", bob));
    approve(approvals, ann);
    Map<LedgerFact, String> facts = new EnumMap<>(approvals.staged("run-1").facts());
    facts.put(LedgerFact.MANIFEST_SHA256, "0".repeat(64));
    ledger.append(NOON, new LedgerEvent(LedgerEntry.Kind.STAGED, "run-1", "job", "IRB-1", facts));

    assertThatThrownBy(() -> approve(approvals, bob))
        .isInstanceOf(ProblemException.class)
        .hasMessage(
            "run run-1: error STAGING_CHANGED the manifest in staging is not the one that was"
                + " staged; nothing was published;"
                + " resume the run to make the release again, then have it approved again")
        .extracting(failure -> ((ProblemException) failure).category())
        .isEqualTo(Category.STALE);
  }

  @Test
  void refusesARunThatCouldNeverBeApproved() {
    Approvals approvals =
        approvals(
            entry("ann@clinic", ann),
            entry("steward@clinic", bob),
            entry("old@clinic", releases, Instant.MIN, NOON));

    assertThatThrownBy(
            () -> approvals.requirePossible(2, "steward@clinic", List.of("ops", "nightly")))
        .isInstanceOf(ProblemException.class)
        .hasMessage(
            "approval: error APPROVERS_MISSING the job asks for 2 approvals and the installation"
                + " pins 1 approver beside requester and operators;"
                + " add their keys to the file approvers of the state folder")
        .extracting(failure -> ((ProblemException) failure).category())
        .isEqualTo(Category.AUTHORITY);
    assertThatThrownBy(
            () -> approvals.requirePossible(1, "steward@clinic", List.of("nightly", "steward")))
        .isInstanceOf(ProblemException.class)
        .hasMessage(
            "approval: error OPERATOR_IS_REQUESTER requester and operator must be different"
                + " persons where approval is asked for; have another person run the job");
    approvals.requirePossible(1, "steward@clinic", List.of("ops", "nightly"));
  }

  @Test
  void countsAPersonPinnedUnderTwoNamesOnceBeforeARunBegins() {
    Approvals approvals = approvals(entry("ann@clinic", ann), entry("Ann", bob));

    assertThatThrownBy(
            () -> approvals.requirePossible(2, "steward@clinic", List.of("ops", "nightly")))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("error APPROVERS_MISSING the job asks for 2 approvals");
    approvals.requirePossible(1, "steward@clinic", List.of("ops", "nightly"));
  }

  @Test
  void knowsOfNoStagingOfAnotherRun() {
    assertThatThrownBy(() -> approvals().staged("run-2"))
        .isInstanceOf(ProblemException.class)
        .hasMessage(
            "run run-2: error NOT_STAGED the ledger knows of no staged release of this run;"
                + " resume the run to make the release again");
  }

  private AbstractThrowableAssert<?, ? extends Throwable> refused(
      Approvals approvals, SshSignature signature) {
    int before = ledger.entries().size();
    AbstractThrowableAssert<?, ? extends Throwable> refused =
        assertThatThrownBy(() -> approvals.approve(approvals.staged("run-1"), MANIFEST, signature))
            .isInstanceOf(ProblemException.class)
            .satisfies(
                failure ->
                    assertThat(((ProblemException) failure).category())
                        .isEqualTo(Category.AUTHORITY));
    assertThat(ledger.entries()).hasSize(before);
    return refused;
  }

  private static Approvals.Status approve(Approvals approvals, SigningKey key) {
    return approvals.approve(approvals.staged("run-1"), MANIFEST, sign(key));
  }

  private static Approvals.Status status(Approvals approvals) {
    return approvals.status(approvals.staged("run-1"), MANIFEST);
  }

  private static SshSignature sign(SigningKey key) {
    return SshSignature.sign(key, SshSignature.APPROVAL, MANIFEST);
  }

  private Approvals approvals(AllowedSigners.Entry... entries) {
    return new Approvals(ledger, new AllowedSigners(List.of(entries)), () -> NOON);
  }

  private static AllowedSigners.Entry entry(String name, SigningKey key) {
    return entry(name, key, Instant.MIN, Instant.MAX);
  }

  private static AllowedSigners.Entry entry(
      String name, SigningKey key, Instant after, Instant before) {
    return new AllowedSigners.Entry(
        name, key.publicKey(), List.of(SshSignature.APPROVAL), after, before);
  }
}
