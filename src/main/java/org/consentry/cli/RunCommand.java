package org.consentry.cli;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.consentry.export.Accepted;
import org.consentry.export.ClinicZone;
import org.consentry.export.Cluster;
import org.consentry.export.StateSession;
import org.consentry.ledger.StateFolder;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.Planner;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Decides, extracts, seals and publishes. */
@Command(
    name = "run",
    description = "Runs a job: decides consent, extracts, seals and publishes.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private ClockOption clock = new ClockOption();
  @Mixin private ThreadsOption threads = new ThreadsOption();
  @Mixin private AcceptOption accept = new AcceptOption();
  @Mixin private EngineOption engine = new EngineOption();
  @Mixin private MetricsOption metrics = new MetricsOption();

  @Parameters(paramLabel = "JOB", description = "The job file.")
  private Path job = Path.of("");

  @Option(
      names = "--create-keys",
      description = "Makes missing keys; only before the study's first release.")
  private boolean createKeys;

  @Option(
      names = "--replaces",
      paramLabel = "RELEASE",
      description = "The release that this one corrects, such as 2026-11-23-r1.")
  private String replaces = "";

  @Override
  public Integer call() {
    Console console = common.console();
    StateFolder state = common.state();
    return metrics.around(state, console, () -> run(state, console));
  }

  private int run(StateFolder state, Console console) {
    Accepted accepted = accept.accepted();
    Optional<Cluster.Starter> others = engine.cluster();
    ExportPlan plan = plan(state, console);
    plan.warnings().forEach(console::problem);
    try (RunWork work =
        RunWork.open(
            Sessions.environment(state, console), console, threads.count(), accepted, others)) {
      StateSession session = work.session();
      clock.accept(session);
      if (createKeys) {
        MissingKeys.create(plan, state, session.hasReleased(plan.studyId()), console);
      }
      return new RunOutput(console, state, common.homeWords())
          .show(work.runs().start(plan, replaces));
    }
  }

  /** A missing agreement or approval refuses the run, and the ledger records that. */
  private ExportPlan plan(StateFolder state, Console console) {
    try {
      ZoneId zone = ClinicZone.of(job, state);
      LocalDate today = LocalDate.now(zone);
      return Planner.plan(job, today, today, Optional.of(zone));
    } catch (ProblemException refused) {
      if (refused.category() == Category.AUTHORITY) {
        record(refused, state, console);
      }
      throw refused;
    }
  }

  private void record(ProblemException refused, StateFolder state, Console console) {
    try (StateSession session = Sessions.open(state, console)) {
      session.audit().refused(job, refused);
    } catch (ProblemException unrecorded) {
      unrecorded.problems().forEach(console::problem);
    }
  }
}
