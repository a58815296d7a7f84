package org.consentry.export;

import java.nio.file.Path;
import org.consentry.export.decide.FinalCheck;
import org.consentry.export.seal.SealedRelease;
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
   * Publishes, leaves the release staged, or ends the run without a release.
   *
   * @throws ProblemException category DISCLOSURE_CHECK when the staged release does not verify,
   *     AUTHORITY when an agreement or approval expired, STALE when consent changed; nothing is
   *     published then
   */
  Publication run(SealedRun sealed) {
    Sealer sealer = new Sealer(context);
    if (sealed.release().isEmpty()) {
      String last = sealer.skip(plan, sealed.staged().rejected());
      return publication(Publication.State.UNCHANGED, sealed, Path.of(last));
    }
    return publish(sealer, sealed, sealed.release().get());
  }

  private Publication publish(Sealer sealer, SealedRun sealed, SealedRelease release) {
    context.progress().step(RunStep.VERIFY);
    sealer.requireVerified(plan, release, Category.DISCLOSURE_CHECK);
    FinalCheck check = new FinalCheck(plan, context);
    check.requireAuthority();
    if (release.approvals() > 0) {
      sealer.stage(plan, release);
      return publication(Publication.State.STAGED, sealed, release.target());
    }
    RunDecisions decided = sealed.staged().decided();
    check.requireConsent(decided.decisions().consentDigest(), decided.inputs());
    context.progress().step(RunStep.PUBLISH);
    sealer.publish(plan, release);
    return publication(Publication.State.PUBLISHED, sealed, release.target());
  }

  private static Publication publication(Publication.State state, SealedRun sealed, Path folder) {
    return new Publication(state, folder, sealed.staged().rejected(), sealed.staged().counts());
  }
}
