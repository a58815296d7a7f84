package org.consentry.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.consentry.export.ClinicZone;
import org.consentry.export.RestrictionMemory;
import org.consentry.export.RunGate;
import org.consentry.export.RunKeys;
import org.consentry.keys.KeyReference;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.StateFolder;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.Planner;
import org.consentry.problem.Category;
import org.consentry.problem.CountWords;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;

/** Checks of jobs: what a run would refuse today, and what it would refuse soon. */
final class JobChecks {

  private final Checkup checkup;
  private final StateFolder state;
  private final Optional<Ledger> ledger;
  private final Set<Path> outputs = new HashSet<>();

  JobChecks(Checkup checkup, StateFolder state, Optional<Ledger> ledger) {
    this.checkup = checkup;
    this.state = state;
    this.ledger = ledger;
  }

  /**
   * Checks one job.
   *
   * @param days how many days ahead a run must be possible
   */
  void run(Path job, MachineChecks machine, int days) {
    checkup.passes(
        "job",
        () -> {
          ZoneId zone = ClinicZone.of(job, state);
          LocalDate today = LocalDate.now(zone);
          if (!isValid(job, today, zone)) {
            return;
          }
          ahead(job, today, days);
          ExportPlan plan = Planner.afterwards(job, today, Optional.of(zone));
          keys(plan);
          ledger.ifPresent(known -> restrictions(plan, known));
          output(plan, machine);
        });
  }

  /** Whether the files of a job are valid; agreements and approvals may have ended. */
  private boolean isValid(Path job, LocalDate today, ZoneId zone) {
    try {
      Planner.plan(job, today, today, Optional.of(zone));
      checkup.ok("job", Place.name(job) + " is valid");
      return true;
    } catch (ProblemException refused) {
      if (refused.category() == Category.AUTHORITY) {
        checkup.problems("job", refused.problems(), refused.category());
        return true;
      }
      long errors = refused.problems().stream().filter(each -> each.severity().refuses()).count();
      checkup.error(
          "job",
          Problem.error(
              "JOB_INVALID",
              Place.of(job),
              "the job has " + CountWords.of(errors, "error"),
              "consentry validate " + Place.name(job)),
          refused.category());
      return false;
    }
  }

  /** What a run is refused for, or warned of, in some days and not today. */
  private void ahead(Path job, LocalDate today, int days) {
    List<Problem> now = Planner.check(job, today);
    Planner.check(job, today.plusDays(days)).stream()
        .filter(problem -> !now.contains(problem))
        .forEach(
            problem ->
                checkup.warning(
                    "ends-soon",
                    Problem.warning(
                        problem.code(),
                        problem.place(),
                        "within " + CountWords.of(days, "day") + ": " + problem.message(),
                        problem.hint())));
  }

  private void restrictions(ExportPlan plan, Ledger known) {
    checkup.passes(
        "consent",
        () ->
            checkup.problems(
                "consent",
                new RestrictionMemory(state, known).doubts(plan.studyId()),
                Category.FILES_INVALID));
  }

  private void keys(ExportPlan plan) {
    String job = Place.name(plan.jobFile());
    if (isNew(plan)) {
      checkup.warning(
          "keys",
          Problem.warning(
              "KEY_MISSING",
              Place.of(job),
              "a key is not there, and its study has never released",
              "the first run makes it with --create-keys"));
      return;
    }
    boolean isRead =
        checkup.passes("keys", () -> RunKeys.require(plan.studyKey(), plan.signingKey()));
    if (isRead && ledger.isPresent()) {
      gate(job, plan, new RunGate(state, ledger.get(), Instant::now));
    } else if (isRead) {
      checkup.ok("keys", job + ": both keys can be read");
    }
  }

  private void gate(String job, ExportPlan plan, RunGate gate) {
    boolean isStudyKey = checkup.passes("keys", () -> gate.requireStudyKey(plan));
    boolean isSigner = checkup.passes("keys", () -> gate.requireSigner(plan));
    if (isStudyKey && isSigner) {
      checkup.ok("keys", job + ": both keys are those of earlier releases, or the first ones");
      checkup.check(
          "vault",
          () -> {
            gate.requireAsReleased(plan, "");
            return job + ": codes and mapping are those of earlier releases";
          });
    }
    checkup.passes("approvers", () -> gate.requireApprovers(plan, List.of(OperatorName.name())));
    checkup.passes("releases", () -> gate.requireKnownReleases(plan));
  }

  /** Whether the first run of a study would make a key; unknown where the ledger is damaged. */
  private boolean isNew(ExportPlan plan) {
    boolean isKnown = ledger.isPresent() || !Ledger.isThere(state);
    return isKnown
        && ledger.flatMap(known -> known.lastPublished(plan.studyId())).isEmpty()
        && (isMissing(plan.studyKey()) || isMissing(plan.signingKey()));
  }

  private static boolean isMissing(KeyReference key) {
    return key instanceof KeyReference.InFile file && Files.notExists(file.path());
  }

  private void output(ExportPlan plan, MachineChecks machine) {
    Path folder = plan.output();
    if (!outputs.add(folder)) {
      return;
    }
    if (Files.exists(folder)) {
      machine.disk("output", folder);
      return;
    }
    checkup.check(
        "output",
        () -> {
          Path parent = folder;
          while (!Files.exists(parent) && parent.getParent() != null) {
            parent = parent.getParent();
          }
          if (!Files.isDirectory(parent) || !Files.isWritable(parent)) {
            throw ProblemException.of(
                Category.RUN_FAILED,
                "OUTPUT_FOLDER",
                Place.of(folder),
                "it does not exist and cannot be made in " + Place.name(parent),
                "check owner and permissions of that folder");
          }
          return Place.name(folder) + " does not exist yet; the first run makes it";
        });
  }
}
