package org.consentry.export.decide;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.consentry.export.DecisionStep;
import org.consentry.export.Parallel;
import org.consentry.export.RunContext;
import org.consentry.plan.ExportPlan;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.problem.Problems;

/** What is looked at once more at the door: papers and consent, as of this moment. */
public final class FinalCheck {

  private final ExportPlan plan;
  private final RunContext context;

  public FinalCheck(ExportPlan plan, RunContext context) {
    this.plan = plan;
    this.context = context;
  }

  /**
   * Papers may have run out while the run was at work or waited.
   *
   * @throws ProblemException category AUTHORITY when one has, STALE when the year has turned
   */
  public void requireAuthority() {
    LocalDate day = context.now().toLocalDate();
    Problems papers = new Problems();
    papers.addAll(plan.authority(day));
    papers.throwIfAny(Category.AUTHORITY);
    if (plan.isOutdated(day)) {
      throw ProblemException.of(
          Category.STALE,
          "REFERENCE_DATE_PAST",
          Place.of(plan.jobFile().toString()),
          "the year turned while the run was at work, so ages over 89 could be disclosed",
          "abandon the run and start another");
    }
  }

  /**
   * Decides consent again, if what it is decided on could decide otherwise by now.
   *
   * @param consentDigest digest over the decisions the release was made under
   * @param ground what those decisions were made on
   * @throws ProblemException category STALE when any decision is another now
   */
  public void requireConsent(String consentDigest, ConsentInputs ground) {
    context.progress().phase("deciding consent again");
    LocalDateTime now = context.now();
    if (!ground.decidesAlike(anew().ground(now, plan.consentFile(), plan.consentName()))) {
      requireSame(consentDigest, now);
    }
  }

  /**
   * Decides consent again.
   *
   * @param consentDigest digest over the decisions the release was made under
   * @throws ProblemException category STALE when any decision is another now
   */
  public void requireConsent(String consentDigest) {
    context.progress().phase("deciding consent again");
    requireSame(consentDigest, context.now());
  }

  private DecisionStep anew() {
    return new DecisionStep(plan.decide(), table -> List.copyOf(table.splits()));
  }

  private void requireSame(String consentDigest, LocalDateTime now) {
    DecisionStep.Consented again =
        ConsentStep.decide(plan, anew(), now, context, Parallel.onCallingThread());
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
