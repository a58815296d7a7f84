package org.consentry.export.decide;

import java.time.LocalDate;
import java.time.LocalDateTime;
import org.consentry.export.Parallel;
import org.consentry.export.RunContext;
import org.consentry.export.RunStep;
import org.consentry.plan.ConsentOrigin;
import org.consentry.plan.DecidePlan;
import org.consentry.plan.ExportPlan;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.problem.Problems;

/**
 * The checks before publication: agreements, approvals and consent, as of this moment. Consent
 * lines and the subjects table are read as they are now, not from a snapshot of the run.
 */
public final class FinalCheck {

  private final ExportPlan plan;
  private final RunContext context;
  private final DecidePlan deciding;
  private final ConsentOrigin consents;

  public FinalCheck(ExportPlan plan, RunContext context) {
    this.plan = plan;
    this.context = context;
    this.deciding = plan.decide().renewed();
    this.consents = plan.consents().renewed();
  }

  /**
   * An agreement or approval may have expired while the run was at work or waited.
   *
   * @throws ProblemException category AUTHORITY when one has, STALE when the year has turned
   */
  public void requireAuthority() {
    LocalDate day = context.now().toLocalDate();
    Problems expired = new Problems();
    expired.addAll(plan.authority(day));
    expired.throwIfAny(Category.AUTHORITY);
    if (plan.isOutdated(day)) {
      throw ProblemException.of(
          Category.STALE,
          "REFERENCE_DATE_PAST",
          Place.of(plan.jobFile()),
          "the year turned while the run was at work, so ages over 89 could be disclosed",
          "abandon the run and start another");
    }
  }

  /**
   * Decides consent again, if what it is decided on could decide otherwise by now.
   *
   * @param consentDigest digest over the decisions the release was made under
   * @param inputs what those decisions were made on
   * @throws ProblemException category STALE when any decision is another now
   */
  public void requireConsent(String consentDigest, ConsentInputs inputs) {
    context.progress().step(RunStep.DECIDE_AGAIN);
    LocalDateTime now = context.now();
    if (!inputs.decidesAlike(step().inputs(now, consents, Parallel.onThreads(2)))) {
      requireSame(consentDigest);
    }
  }

  /**
   * Decides consent again.
   *
   * @param consentDigest digest over the decisions the release was made under
   * @throws ProblemException category STALE when any decision is another now
   */
  public void requireConsent(String consentDigest) {
    context.progress().step(RunStep.DECIDE_AGAIN);
    requireSame(consentDigest);
  }

  private DecisionStep step() {
    return new DecisionStep(deciding);
  }

  private void requireSame(String consentDigest) {
    DecisionStep step = step();
    Parallel parallel = Parallel.onCallingThread();
    DecisionStep.Sources sources = step.sources(consents, parallel);
    DecisionStep.ConsentResult again = ConsentStep.decide(plan, step, sources, context, parallel);
    if (!again.decisions().digest().equals(consentDigest)) {
      throw ProblemException.of(
          Category.STALE,
          "CONSENT_CHANGED",
          Place.of(plan.consentName()),
          "consent changed while the run was at work; nothing was published",
          "resume the run: it decides again and leaves out who withdrew");
    }
  }
}
