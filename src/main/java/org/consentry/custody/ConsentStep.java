package org.consentry.custody;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.consentry.consent.ConsentReading;
import org.consentry.data.SubjectKeys;
import org.consentry.job.ConsentRule.UnknownRestrictions;
import org.consentry.pipeline.Deciding;
import org.consentry.plan.ExportPlan;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;

/** Decides consent for a plan, and refuses consent lines in which a restriction may be lost. */
final class ConsentStep {

  private ConsentStep() {}

  /**
   * Reads the subjects table and the consent lines and decides.
   *
   * @param now the moment of decision, local to the clinic
   * @throws ProblemException category FILES_INVALID when a restriction is of a patient whom the
   *     subjects table does not know, unless the job counts these
   */
  static Deciding.Consented decide(ExportPlan plan, Deciding deciding, LocalDateTime now) {
    return decide(plan, deciding, now, keys -> -1);
  }

  /**
   * The same, remembering the lines of one subject.
   *
   * @param watched the number of that subject, given all ids; -1 for none
   */
  static Deciding.Consented decide(
      ExportPlan plan, Deciding deciding, LocalDateTime now, ToIntFunction<SubjectKeys> watched) {
    Deciding.Consented consented =
        deciding.consent(plan.request(now), plan.consentFile(), plan.consentName(), watched);
    requireKnown(plan, consented.reading());
    return consented;
  }

  private static void requireKnown(ExportPlan plan, ConsentReading reading) {
    boolean counted = plan.job().consent().unknownRestrictions() == UnknownRestrictions.COUNT;
    if (counted || reading.unknownRestrictions() == 0) {
      return;
    }
    List<Problem> problems = new ArrayList<>();
    problems.add(
        Problem.error(
            ConsentReading.UNKNOWN_RESTRICTION,
            Place.of(plan.consentName()),
            reading.unknownRestrictions()
                + " of "
                + reading.lines()
                + " lines restrict patients whom the subjects table does not know, not even by a"
                + " similar id",
            "correct the ids; if the file is also about patients who are not in the source, write"
                + " consent: {unknownRestrictions: count} in the job"));
    reading.reported().listed().stream()
        .filter(problem -> problem.code().equals(ConsentReading.UNKNOWN_RESTRICTION))
        .map(one -> Problem.error(one.code(), one.place(), one.message(), one.hint()))
        .forEach(problems::add);
    throw new ProblemException(Category.FILES_INVALID, problems);
  }
}
