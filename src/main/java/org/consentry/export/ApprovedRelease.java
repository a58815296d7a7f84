package org.consentry.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.consentry.export.decide.FinalCheck;
import org.consentry.export.seal.SealedRelease;
import org.consentry.export.seal.Sealer;
import org.consentry.keys.SigningKey;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.Staging;
import org.consentry.plan.ExportPlan;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.release.Approvals;
import org.consentry.release.ReleaseApprovals;
import org.consentry.release.ReleaseSealer;
import org.consentry.release.StagedFiles;

/**
 * A release that was staged to be approved. It is published as it was approved, byte for byte, or
 * not at all: nothing is extracted or sealed again here. The approvals and the page that names the
 * approvers are what is added.
 */
public final class ApprovedRelease {

  private final ExportPlan plan;
  private final RunContext context;
  private final Approvals approvals;
  private final LedgerEntry staged;

  /**
   * The staged release of a run.
   *
   * @throws ProblemException category STALE when the run was never staged
   */
  public ApprovedRelease(ExportPlan plan, RunContext context, Approvals approvals) {
    this.plan = plan;
    this.context = context;
    this.approvals = approvals;
    this.staged = approvals.staged(context.run());
  }

  /**
   * Publishes: counts the approvals that are valid now, checks agreements and approvals of boards,
   * puts the signatures beside the manifest, verifies the whole staging area, decides consent again
   * and publishes the release.
   *
   * @throws ProblemException category AUTHORITY when approvals or agreements are missing, STALE
   *     when consent, the staging area or the releases before this one changed; nothing is
   *     published then
   */
  public Publication publish() {
    context.progress().step(RunStep.COUNT_APPROVALS);
    Approvals.Status status = approvals.status(staged, manifest(context.staging()));
    if (!status.isEnough()) {
      throw ProblemException.of(
          Category.AUTHORITY,
          "APPROVAL_MISSING",
          Place.of("run " + context.run()),
          status.words(),
          "consentry approve " + context.run() + " --key file:KEY");
    }
    FinalCheck lastLook = new FinalCheck(plan, context);
    lastLook.requireAuthority();
    requireSamePlace();
    context.progress().step(RunStep.ADD_APPROVALS);
    String sums =
        ReleaseApprovals.add(
            context.staging(),
            fact(LedgerFact.SUMS_SHA256),
            status.given(),
            new ReleaseSealer.Signer(RunKeys.SIGNER, signingKey()));
    Sealer sealing = new Sealer(context);
    SealedRelease release =
        new SealedRelease(Path.of(fact(LedgerFact.TARGET)), facts(status, sums), status.required());
    context.progress().step(RunStep.VERIFY);
    sealing.requireVerified(plan, release, Category.STALE);
    requireStored();
    lastLook.requireConsent(fact(LedgerFact.CONSENT));
    context.progress().step(RunStep.PUBLISH);
    sealing.publish(plan, release);
    return new Publication(
        Publication.State.PUBLISHED,
        release.target(),
        Long.parseLong(fact(LedgerFact.REJECTED)),
        Map.of());
  }

  /**
   * A manifest names the one before it, and its figures follow those of all releases of the study,
   * so nothing of the study may have been released in between; a receipt follows those of all lists
   * of its kind.
   */
  private void requireSamePlace() {
    String before = Long.toString(context.releasesBefore(plan));
    if (!before.equals(fact(LedgerFact.RELEASES_BEFORE))) {
      throw ProblemException.of(
          Category.STALE,
          "RELEASED_MEANWHILE",
          Place.of("run " + context.run()),
          "another release of the study, or another list of the kind, was published after this one"
              + " was staged, so this one does not follow the newest",
          "resume the run: it makes the release again, to be approved again");
    }
  }

  /** Accounts and recalls need what the state folder stores of a release once it is out. */
  private void requireStored() {
    StagedFiles.damaged(context.state(), staged)
        .ifPresent(
            file -> {
              throw ProblemException.of(
                  Category.STALE,
                  "STAGING_CHANGED",
                  Place.of(file),
                  "the file is missing or is not the one of the staged release; nothing was"
                      + " published",
                  "resume the run: it makes the release again, to be approved again");
            });
  }

  private SigningKey signingKey() {
    SigningKey key = SigningKey.read(plan.signingKey());
    if (!key.publicKey().fingerprint().equals(fact(LedgerFact.SIGNING_KEY))) {
      throw ProblemException.of(
          Category.KEY,
          "OTHER_KEY",
          Place.of(plan.jobFile()),
          "the signing key is not the one that signed the staged manifest",
          "restore the earlier key, or abandon the run and start another");
    }
    return key;
  }

  private Map<LedgerFact, String> facts(Approvals.Status status, String sums) {
    Map<LedgerFact, String> facts = new EnumMap<>(LedgerFact.class);
    facts.putAll(staged.facts());
    facts.put(LedgerFact.SUMS_SHA256, sums);
    facts.put(
        LedgerFact.APPROVED_BY,
        status.given().stream()
            .map(one -> one.approver() + " " + one.signature().signer().fingerprint())
            .collect(Collectors.joining(", ")));
    return facts;
  }

  private String fact(LedgerFact name) {
    return staged.fact(name).orElse("");
  }

  /**
   * The bytes of a staged manifest.
   *
   * @throws ProblemException category STALE when there is none
   */
  public static byte[] manifest(Staging staging) {
    Path file = staging.release().resolve("manifest.json");
    try {
      return Files.readAllBytes(file);
    } catch (IOException unreadable) {
      throw ProblemException.of(
          Category.STALE,
          "STAGING_CHANGED",
          Place.of(file),
          "the staged manifest cannot be read; nothing was published",
          "resume the run: it makes the release again, to be approved again");
    }
  }
}
