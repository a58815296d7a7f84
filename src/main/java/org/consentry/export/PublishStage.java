package org.consentry.export;

import org.consentry.export.decide.FinalCheck;
import org.consentry.export.seal.Sealer;
import org.consentry.plan.ExportPlan;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;

/** Checks a sealed release once more, and publishes it or leaves it staged for approval. */
final class PublishStage {

  private final ExportPlan plan;
  private final RunContext context;

  PublishStage(ExportPlan plan, RunContext context) {
    this.plan = plan;
    this.context = context;
  }

  /**
   * Publishes, or leaves the release staged.
   *
   * @throws ProblemException category DISCLOSURE_CHECK when the staged release does not verify,
   *     AUTHORITY when an agreement or approval expired, STALE when consent changed; nothing is
   *     published then
   */
  Publication run(SealedRun sealed) {
    Sealer sealer = new Sealer(context);
    sealer.requireVerified(plan, sealed.release(), Category.DISCLOSURE_CHECK);
    FinalCheck check = new FinalCheck(plan, context);
    check.requireAuthority();
    if (sealed.release().approvals() > 0) {
      sealer.stage(plan, sealed.release());
      return publication(Publication.State.STAGED, sealed);
    }
    RunDecisions decided = sealed.staged().decided();
    check.requireConsent(decided.decisions().consentDigest(), decided.inputs());
    context.progress().phase("publishing");
    sealer.publish(plan, sealed.release());
    return publication(Publication.State.PUBLISHED, sealed);
  }

  private static Publication publication(Publication.State state, SealedRun sealed) {
    return new Publication(
        state, sealed.release().target(), sealed.staged().rejected(), sealed.staged().counts());
  }
}
