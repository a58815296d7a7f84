package org.consentry.plan;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.consentry.config.JobFile;
import org.consentry.config.LevelPlan;
import org.consentry.config.LevelPlanFile;
import org.consentry.config.RiskRule;
import org.consentry.config.SafeWord;
import org.consentry.config.WithPlace;
import org.consentry.data.Digest;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.Problems;

/** Reads the plan file of a job, and refuses one that is not approved or made of something else. */
final class LevelPlans {

  /** The first word of a plan file. */
  static final String KEY = "riskPlan";

  private static final String AGAIN =
      "search again with consentry risk JOB --search, and have the plan approved";

  private LevelPlans() {}

  /** The plan file that a job names; empty when it names none, or none is used. */
  static Optional<LevelPlanFile> read(JobFile file, LevelUse use, Problems problems) {
    Optional<WithPlace<Path>> written = file.job().risk().flatMap(RiskRule::plan);
    if (use == LevelUse.AS_MAPPED || written.isEmpty()) {
      return Optional.empty();
    }
    Path path = file.folder().resolve(written.get().value()).normalize();
    if (!Files.exists(path)) {
      if (use == LevelUse.APPROVED) {
        problems.error(
            "NO_SUCH_FILE",
            written.get().place(),
            "there is no risk plan at " + SafeWord.path(written.get().value().toString()),
            "make one with consentry risk JOB --search, and have it approved");
      }
      return Optional.empty();
    }
    String name = Place.name(file.path().resolveSibling(written.get().value()));
    return LevelPlanFile.read(path, name, problems);
  }

  /**
   * Checks a plan file alone: whether it can be read, and whether it is approved.
   *
   * @return errors, in the order found
   */
  static List<Problem> check(Path path, LocalDate today) {
    Problems problems = new Problems();
    Optional<LevelPlanFile> file = LevelPlanFile.read(path, Place.name(path), problems);
    return file.map(plan -> unapproved(plan, today)).orElseGet(problems::list);
  }

  /**
   * Digest of what a job asks of levels.
   *
   * @return {@code sha256:...}
   */
  static String digest(RiskRule rule) {
    Digest digest = new Digest().add("consentry-risk-1");
    digest.addAll(rule.identity().stream().map(WithPlace::value).toList());
    digest.addAll(
        rule.events().stream()
            .flatMap(events -> events.columns().stream())
            .map(WithPlace::value)
            .toList());
    digest.add(rule.events().map(events -> Integer.toString(events.known())).orElse("0"));
    digest.add(Integer.toString(rule.k())).add(rule.loss().name()).add(rule.onViolation().name());
    digest.addAll(
        rule.sensitive().stream().map(one -> one.column().value() + " " + one.words()).toList());
    return digest.add(Double.toString(rule.suppressAtMost().orElse(0.0))).text();
  }

  /** Reports what a plan was made of that is something else now. */
  static void requireSame(
      LevelPlanFile file,
      JobFile job,
      String mapping,
      SortedMap<String, String> lists,
      Problems problems) {
    LevelPlan plan = file.plan();
    if (!plan.job().value().equals(job.job().name())) {
      stale("the plan is of job " + SafeWord.word(plan.job().value()), plan.job(), problems);
    }
    String risk = digest(job.job().risk().orElseThrow());
    if (!plan.inputs().risk().value().equals(risk)) {
      stale("the job's risk is not the one the plan was made for", plan.inputs().risk(), problems);
    }
    if (!plan.inputs().mapping().value().equals(mapping)) {
      stale("the mapping changed since the plan was made", plan.inputs().mapping(), problems);
    }
    Map<String, WithPlace<String>> then = new TreeMap<>(plan.inputs().lists());
    TreeSet<String> names = new TreeSet<>(then.keySet());
    names.addAll(lists.keySet());
    for (String name : names) {
      Optional<WithPlace<String>> before = Optional.ofNullable(then.get(name));
      if (!before.map(WithPlace::value).equals(Optional.ofNullable(lists.get(name)))) {
        stale(
            "list " + SafeWord.word(name) + " changed since the plan was made",
            before.orElse(plan.inputs().mapping()),
            problems);
      }
    }
  }

  private static void stale(String message, WithPlace<String> where, Problems problems) {
    problems.error("RISK_PLAN_STALE", where.place(), message, AGAIN);
  }

  /** What a plan lacks to be applied on a day. */
  static List<Problem> unapproved(LevelPlanFile file, LocalDate today) {
    LevelPlan plan = file.plan();
    String read = "have the expert read it and ";
    String digest = "digest: \"" + plan.digest() + "\"";
    if (plan.approved().isEmpty()) {
      return unapproved(
          Place.of(file.name()),
          "the risk plan is not approved",
          read + "add approved: {by: NAME, on: DATE, " + digest + "}");
    }
    LevelPlan.Approved approved = plan.approved().get();
    if (approved.digest().isEmpty()) {
      return unapproved(
          approved.place(),
          "the approval does not have the digest of the plan",
          read + "add " + digest);
    }
    WithPlace<String> given = approved.digest().get();
    if (!given.value().equals(plan.digest())) {
      return unapproved(
          given.place(),
          "the risk plan is not the one that was approved: its digest is another",
          "undo what was changed in the plan, or " + read + "write " + digest);
    }
    if (approved.on().isAfter(today) || approved.on().isBefore(plan.searchedOn())) {
      return unapproved(
          approved.place(),
          "the risk plan of "
              + plan.searchedOn()
              + " cannot have been approved on "
              + approved.on(),
          "write the day on which it was approved");
    }
    return List.of();
  }

  private static List<Problem> unapproved(Place where, String message, String remedy) {
    return List.of(Problem.error("RISK_PLAN_NOT_APPROVED", where, message, remedy));
  }
}
