package org.consentry.policy;

import java.util.List;
import org.consentry.config.Binder;
import org.consentry.config.Job;
import org.consentry.config.Job.LegalBasis;
import org.consentry.config.JobKind;
import org.consentry.data.EnumWord;
import org.consentry.problem.Problem;
import org.consentry.problem.Problems;

/**
 * Which legal bases each kind of disclosure has. What is not listed is refused: no kind can be used
 * to get around the rules of another. The targets list the bases that they serve, and the plan
 * which purposes each kind has.
 */
public final class KindRules {

  private KindRules() {}

  /** Whether a kind may rest on a legal basis. */
  public static boolean allows(JobKind kind, LegalBasis basis) {
    return switch (basis) {
      case AUTHORIZATION, WAIVER, LIMITED_DATA_SET, DE_IDENTIFIED, GDPR_CONSENT ->
          kind == JobKind.RESEARCH;
      case PAYMENT -> kind == JobKind.INSURER_RESPONSE;
      case REQUIRED_BY_LAW -> kind == JobKind.LEGAL_PROCESS;
      case MARKETING_AUTHORIZATION -> kind == JobKind.MAILING;
      case RECONTACT_AUTHORIZATION -> kind == JobKind.RECONTACT;
    };
  }

  /** What of a job its kind does not allow. */
  static List<Problem> check(Job job) {
    Problems problems = new Problems();
    LegalBasis basis = job.legalBasis().value();
    if (!Binder.isFiller(job.legalBasis().place()) && !allows(job.kind(), basis)) {
      problems.error(
          "BASIS_OF_KIND",
          job.legalBasis().place(),
          "legal basis " + EnumWord.of(basis) + " is not of kind " + job.kind().word(),
          "");
    }
    return problems.list();
  }
}
