package org.consentry.plan;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.consentry.config.ScanRule;
import org.consentry.config.YamlFile;
import org.consentry.operator.RuleFile;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.problem.Problems;

/**
 * Makes plans of what people wrote. Reads job, mapping, lists and heads of tables; no rows, no
 * keys.
 */
public final class Planner {

  private Planner() {}

  /**
   * Makes the plan of a job that runs today.
   *
   * @param jobFile the job file; messages name it as given here
   * @param today the day of the run, which agreements and approvals are compared with, and the
   *     reference date of a job that names none
   * @throws ProblemException with all problems: {@link Category#FILES_INVALID} when at least one is
   *     in a file, {@link Category#AUTHORITY} when only agreements or approvals refuse
   */
  public static ExportPlan plan(Path jobFile, LocalDate today) {
    return plan(jobFile, today, today);
  }

  /**
   * Makes the plan of a run that began earlier.
   *
   * @param today the day on which it goes on, which agreements and approvals are compared with
   * @param begun the day it began: the reference date of a job that names none
   * @throws ProblemException as above
   */
  public static ExportPlan plan(Path jobFile, LocalDate today, LocalDate begun) {
    return plan(jobFile, today, begun, Optional.empty());
  }

  /**
   * Makes the plan of a run of a clinic in a time zone.
   *
   * @param zone the zone of a job that names none
   * @throws ProblemException as above
   */
  public static ExportPlan plan(
      Path jobFile, LocalDate today, LocalDate begun, Optional<ZoneId> zone) {
    return plan(jobFile, today, begun, zone, Catalogue.SHIPPED);
  }

  /**
   * Makes the plan of a run with more operators, formats or targets than are shipped.
   *
   * @throws ProblemException as above
   */
  public static ExportPlan plan(
      Path jobFile, LocalDate today, LocalDate begun, Optional<ZoneId> zone, Catalogue catalogue) {
    return plan(new PlanBuilder(jobFile, today, begun, zone, LevelUse.APPROVED, catalogue));
  }

  /**
   * Makes the plan of a job whose risk is looked at.
   *
   * @param use which levels of the job's plan file are applied
   * @throws ProblemException as above
   */
  public static ExportPlan forRisk(
      Path jobFile, LocalDate today, Optional<ZoneId> zone, LevelUse use) {
    return plan(new PlanBuilder(jobFile, today, today, zone, use, Catalogue.SHIPPED));
  }

  private static ExportPlan plan(PlanBuilder planning) {
    Optional<ExportPlan> plan = planning.run();
    List<Problem> all = new ArrayList<>(planning.problems());
    all.addAll(planning.authority());
    if (has(planning.problems())) {
      throw new ProblemException(Category.FILES_INVALID, all);
    }
    if (has(planning.authority())) {
      throw new ProblemException(Category.AUTHORITY, all);
    }
    return plan.orElseThrow(() -> new IllegalStateException("no plan and no problem"));
  }

  /**
   * Makes the plan under which releases of a job are looked at again after they are out. Papers
   * that have run out since, and a reference date of an earlier year, refuse a release and no
   * second look: consent is asked all the same.
   *
   * @param today the reference date of a job that names none; nothing depends on it here
   * @param zone the time zone of a job that names none
   * @throws ProblemException {@link Category#FILES_INVALID} with all problems of files
   */
  public static ExportPlan afterwards(Path jobFile, LocalDate today, Optional<ZoneId> zone) {
    return afterwards(
        new PlanBuilder(
            jobFile, LocalDate.MIN, today, zone, LevelUse.AS_MAPPED, Catalogue.SHIPPED));
  }

  /**
   * Makes the plan under which a folder is searched for identifiers of a job's source. A job
   * without a scan is searched for all of them. Agreements and answers that have run out do not
   * refuse it.
   *
   * @param today the reference date of a job that names none; nothing depends on it here
   * @param zone the time zone of a job that names none
   * @throws ProblemException {@link Category#FILES_INVALID} with all problems of files
   */
  public static ExportPlan toScan(Path jobFile, LocalDate today, Optional<ZoneId> zone) {
    ScanRule all =
        new ScanRule(
            Place.of(jobFile),
            ScanRule.Identifiers.SOURCE,
            ScanRule.Patterns.US,
            ScanRule.OnFinding.BLOCK,
            List.of());
    return afterwards(
        new PlanBuilder(jobFile, LocalDate.MIN, today, zone, LevelUse.AS_MAPPED, Catalogue.SHIPPED)
            .orScan(all));
  }

  private static ExportPlan afterwards(PlanBuilder planning) {
    Optional<ExportPlan> plan = planning.run();
    if (has(planning.problems())) {
      throw new ProblemException(Category.FILES_INVALID, planning.problems());
    }
    return plan.orElseThrow(() -> new IllegalStateException("no plan and no problem"));
  }

  /**
   * Checks a job, with everything it names, or a mapping, rules or a risk plan alone. Which of them
   * it is, its first words show.
   *
   * @return errors and warnings, in the order found; empty when there is none
   */
  public static List<Problem> check(Path file, LocalDate today) {
    return check(file, today, Catalogue.SHIPPED);
  }

  /** Checks a file whose words another catalogue explains. */
  public static List<Problem> check(Path file, LocalDate today, Catalogue catalogue) {
    Problems unread = new Problems();
    Optional<YamlFile> yaml = YamlFile.readPartly(file, Place.name(file), unread);
    if (yaml.isEmpty()) {
      return unread.list();
    }
    if (yaml.get().root().entry("job").isPresent()) {
      PlanBuilder planning =
          new PlanBuilder(file, today, today, Optional.empty(), LevelUse.APPROVED, catalogue);
      planning.run();
      List<Problem> all = new ArrayList<>(planning.problems());
      all.addAll(planning.authority());
      return all;
    }
    if (yaml.get().root().entry("mapping").isPresent()) {
      return MappingOnly.check(catalogue, file, today);
    }
    if (yaml.get().root().entry(RuleFile.KEY).isPresent()) {
      return RuleFiles.check(file);
    }
    if (yaml.get().root().entry(LevelPlans.KEY).isPresent()) {
      return LevelPlans.check(file, today);
    }
    if (unread.hasErrors()) {
      return unread.list();
    }
    return List.of(
        Problem.error(
            "UNKNOWN_FILE",
            Place.of(file),
            "this is neither a job nor a mapping, rules or a risk plan",
            "begin a job with 'job: NAME', a mapping with 'mapping: NAME' and rules with"
                + " 'rules: NAME'; consentry risk JOB --search writes a risk plan"));
  }

  /**
   * The tables that a job reads, with what its mapping makes of them. What a legal target forbids,
   * and agreements and approvals that are missing, do not matter here.
   *
   * @throws ProblemException {@link Category#FILES_INVALID} with all problems of files when job,
   *     mapping or a table cannot be read
   */
  public static MappedSource source(Path jobFile, LocalDate today) {
    return source(jobFile, today, Catalogue.SHIPPED);
  }

  /** The same, of a job whose words another catalogue explains. */
  public static MappedSource source(Path jobFile, LocalDate today, Catalogue catalogue) {
    PlanBuilder planning =
        new PlanBuilder(jobFile, today, today, Optional.empty(), LevelUse.AS_MAPPED, catalogue);
    planning.run();
    return planning
        .source()
        .orElseThrow(() -> new ProblemException(Category.FILES_INVALID, planning.problems()));
  }

  /**
   * Where a job's consent lines are read, whatever else is wrong; empty when they are not there, or
   * no consent is asked.
   */
  public static Optional<ConsentOrigin> consents(Path jobFile, LocalDate today) {
    PlanBuilder planning =
        new PlanBuilder(
            jobFile, today, today, Optional.empty(), LevelUse.AS_MAPPED, Catalogue.SHIPPED);
    planning.run();
    return planning.consents().filter(origin -> !origin.equals(ConsentOrigin.NOT_ASKED));
  }

  /** Whether the first words of a file are those of a job. */
  public static boolean isJob(Path file) {
    return YamlFile.readPartly(file, file.toString(), new Problems())
        .filter(yaml -> yaml.root().entry("job").isPresent())
        .isPresent();
  }

  private static boolean has(List<Problem> problems) {
    Problems collected = new Problems();
    collected.addAll(problems);
    return collected.hasErrors();
  }
}
