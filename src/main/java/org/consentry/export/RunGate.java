package org.consentry.export;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.consentry.keys.SigningKey;
import org.consentry.keys.StudyKey;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.StateFolder;
import org.consentry.plan.ExportPlan;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.release.Approvals;
import org.consentry.release.PublishedReleases;

/**
 * What a run needs beside its plan: the keys, vaults, signers, approvers and releases that the
 * installation had before. Reads and refuses; writes nothing.
 *
 * @param state the installation's state folder
 * @param ledger its record of disclosures
 * @param clock the only clock there is
 */
public record RunGate(StateFolder state, Ledger ledger, Supplier<Instant> clock) {

  /**
   * Refuses releases in the job's folder that the ledger does not know, and known ones that changed
   * their place.
   *
   * @throws ProblemException category KEY or VERIFY
   */
  public void requireKnownReleases(ExportPlan plan) {
    PublishedReleases.requireKnown(ledger, state, plan.output(), plan.job().name(), plan.studyId());
  }

  /**
   * Refuses vaults, prefixes of codes and mappings that are not those of earlier releases.
   *
   * @param run a run whose staged release counts too; empty when there is none
   * @throws ProblemException category KEY or FILES_INVALID
   */
  public void requireAsReleased(ExportPlan plan, String run) {
    RunKeys.requireVaults(state.home(), ledger, plan.studyId(), run, plan.studyKey());
    ReleasedPrefixes.require(plan, ledger);
    new MappingVersions(ledger, state).require(plan);
  }

  /**
   * Refuses another study key than that of the study's earlier releases.
   *
   * @throws ProblemException category KEY
   */
  public void requireStudyKey(ExportPlan plan) {
    Optional<String> released =
        ledger.lastPublished(plan.studyId()).flatMap(entry -> entry.fact(LedgerFact.STUDY_KEY));
    requireStudyKey(plan, released, StudyKey.read(plan.studyKey()).fingerprint());
  }

  static void requireStudyKey(ExportPlan plan, Optional<String> released, String fingerprint) {
    if (released.filter(earlier -> !earlier.equals(fingerprint)).isPresent()) {
      throw ProblemException.of(
          Category.KEY,
          "OTHER_KEY",
          Place.of(plan.jobFile()),
          "the study key is not the one of the study's earlier releases",
          "restore the earlier key, or give the study a new id");
    }
  }

  /**
   * Refuses a signing key that the installation does not pin.
   *
   * @throws ProblemException category KEY
   */
  public void requireSigner(ExportPlan plan) {
    Optional<String> released =
        ledger
            .releases()
            .reduce((older, newer) -> newer)
            .flatMap(entry -> entry.fact(LedgerFact.SIGNING_KEY));
    SignersFile.requirePinned(
        state, SigningKey.read(plan.signingKey()).publicKey(), released, clock.get());
  }

  /**
   * Refuses a job that needs more approvers than there are.
   *
   * @param operators the persons who run it, and so may not approve
   * @throws ProblemException category AUTHORITY
   */
  public void requireApprovers(ExportPlan plan, List<String> operators) {
    int required = plan.approvals(ExportPlan.Findings.OPEN);
    if (required > 0) {
      approvals().requirePossible(required, plan.job().requestedBy(), operators);
    }
  }

  Approvals approvals() {
    return new Approvals(ledger, SignersFile.approvers(state), clock);
  }
}
