package org.consentry.export.decide;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.consentry.config.ConsentRule.UnknownRestrictions;
import org.consentry.consent.ConsentReadResult;
import org.consentry.consent.ConsentRequest;
import org.consentry.consent.RestrictionDigest;
import org.consentry.data.SubjectKeys;
import org.consentry.export.Parallel;
import org.consentry.export.RestrictionMemory;
import org.consentry.export.RunContext;
import org.consentry.plan.ExportPlan;
import org.consentry.problem.Category;
import org.consentry.problem.CountWords;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;

/** Decides consent for a plan, and refuses consent lines in which a restriction may be lost. */
public final class ConsentStep {

  private ConsentStep() {}

  /**
   * Reads the consent lines and decides for a run. What was read of restrictions is remembered at
   * once, whatever becomes of the run.
   *
   * @throws ProblemException category FILES_INVALID when a restriction is missing that an earlier
   *     run read, or may be, unless a person accepts it; or when one is of a patient whom the
   *     subjects table does not know, unless the job counts these
   */
  public static DecisionStep.ConsentResult decide(
      ExportPlan plan,
      DecisionStep deciding,
      DecisionStep.Sources sources,
      RunContext context,
      Parallel parallel) {
    RestrictionMemory memory = memory(context);
    return deciding.consent(
        plan.request(context.now(), context.releaseStudy(plan)),
        sources,
        keys -> -1,
        memory.digests(),
        reading -> {
          memory.requireAndKeep(plan, reading);
          requireKnown(plan, reading);
        },
        parallel);
  }

  /**
   * The same without a state folder, which alone remembers what earlier runs read.
   *
   * @param request what is asked, at which moment
   * @param watched the number of a subject whose lines are remembered, given all ids; -1 for none
   */
  public static DecisionStep.ConsentResult decide(
      ExportPlan plan,
      DecisionStep deciding,
      ConsentRequest request,
      ToIntFunction<SubjectKeys> watched) {
    Parallel parallel = Parallel.onCallingThread();
    return deciding.consent(
        request,
        deciding.sources(plan.consents(), parallel),
        watched,
        RestrictionDigest.NONE,
        reading -> requireKnown(plan, reading),
        parallel);
  }

  private static RestrictionMemory memory(RunContext context) {
    return new RestrictionMemory(
        context.state(),
        context.ledger(),
        new RestrictionMemory.Acceptance(
            context.run(),
            context.operator(),
            context.accepted().missing(),
            context.publisher()::note,
            context.progress()::note));
  }

  private static void requireKnown(ExportPlan plan, ConsentReadResult reading) {
    List<Problem> unknown = unknown(plan, reading);
    if (!unknown.isEmpty()) {
      throw new ProblemException(Category.FILES_INVALID, unknown);
    }
  }

  /**
   * Restrictions whose patient the subjects table does not know, as errors.
   *
   * @return empty when there are none, or the job counts them only
   */
  public static List<Problem> unknown(ExportPlan plan, ConsentReadResult reading) {
    boolean counted = plan.job().consent().unknownRestrictions() == UnknownRestrictions.COUNT;
    if (counted || reading.unknownRestrictions() == 0) {
      return List.of();
    }
    List<Problem> problems = new ArrayList<>();
    problems.add(
        Problem.error(
            ConsentReadResult.UNKNOWN_RESTRICTION,
            Place.of(plan.consentName()),
            reading.unknownRestrictions()
                + " of "
                + CountWords.of(reading.lines(), "line")
                + " restrict patients whom the subjects table does not know, not even by a"
                + " similar id",
            "correct the ids; if the file is also about patients who are not in the source, write"
                + " consent: {unknownRestrictions: count} in the job"));
    reading.reported().listed().stream()
        .filter(problem -> problem.code().equals(ConsentReadResult.UNKNOWN_RESTRICTION))
        .map(one -> Problem.error(one.code(), one.place(), one.message(), one.hint()))
        .forEach(problems::add);
    return problems;
  }
}
