package org.consentry.export;

import java.time.LocalDateTime;
import java.util.List;
import org.consentry.consent.ConsentDecisions;
import org.consentry.data.SubjectKeys;
import org.consentry.export.decide.ConsentStep;
import org.consentry.export.decide.DecisionStep;
import org.consentry.plan.ExportPlan;
import org.consentry.problem.Category;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;

/**
 * What consent permits now, decided apart from any run.
 *
 * @param subjects ids of the persons whom the subjects table describes
 * @param decisions what their consent lines permit
 * @param consentSha256 digest of the consent lines, {@code sha256:} and 64 hexadecimal digits
 * @param unknown restrictions whose patient the subjects table does not know, as errors; a patient
 *     who is permitted may be meant
 */
public record CurrentConsent(
    SubjectKeys subjects, ConsentDecisions decisions, String consentSha256, List<Problem> unknown) {

  public CurrentConsent {
    unknown = List.copyOf(unknown);
  }

  /**
   * Decides consent.
   *
   * @param now the moment of decision, local to the clinic
   * @param memory what earlier runs read of restrictions
   * @throws ProblemException category FILES_INVALID when a restriction is missing that an earlier
   *     run read, or may be
   */
  public static CurrentConsent decide(
      ExportPlan plan, LocalDateTime now, RestrictionMemory memory) {
    DecisionStep step = new DecisionStep(plan.decide());
    Parallel parallel = Parallel.onCallingThread();
    DecisionStep.ConsentResult consented =
        step.consent(
            plan.request(now),
            step.sources(plan.consents(), parallel),
            keys -> -1,
            memory.digests(),
            reading -> memory.require(plan, reading),
            parallel);
    return new CurrentConsent(
        consented.subjects().keys(),
        consented.decisions(),
        consented.reading().sha256(),
        ConsentStep.unknown(plan, consented.reading()));
  }

  /**
   * Refuses to go on where a restriction names a patient whom the subjects table does not know.
   *
   * @throws ProblemException category FILES_INVALID
   */
  public void requireKnown() {
    if (!unknown.isEmpty()) {
      throw new ProblemException(Category.FILES_INVALID, unknown);
    }
  }

  /** Shows the number of subjects and nothing of them. */
  @Override
  public String toString() {
    return "CurrentConsent[" + subjects.size() + "]";
  }
}
