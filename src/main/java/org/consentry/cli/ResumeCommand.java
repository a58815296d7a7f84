package org.consentry.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.consentry.export.Accepted;
import org.consentry.export.Cluster;
import org.consentry.ledger.RunRecord;
import org.consentry.ledger.StateFolder;
import org.consentry.plan.ExportPlan;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Takes up a run that failed, was stopped or was killed. */
@Command(
    name = "resume",
    description = {
      "Continues a run that failed, was stopped or was killed.",
      "A staged run is published when it has enough approvals.",
      "Of a published run it shows the release."
    },
    mixinStandardHelpOptions = true)
final class ResumeCommand implements Callable<Integer> {

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private ClockOption clock = new ClockOption();
  @Mixin private ThreadsOption threads = new ThreadsOption();
  @Mixin private AcceptOption accept = new AcceptOption();
  @Mixin private EngineOption engine = new EngineOption();
  @Mixin private RunParameter run = new RunParameter();

  @Override
  public Integer call() {
    StateFolder state = common.state();
    Console console = common.console();
    Accepted accepted = accept.accepted();
    Optional<Cluster.Starter> others = engine.cluster();
    RunRecord early = run.find(state);
    refuseAbandoned(early);
    try (RunWork work =
        RunWork.open(
            Sessions.environment(state, console), console, threads.count(), accepted, others)) {
      clock.accept(work.session());
      RunRecord record = run.find(state);
      refuseAbandoned(record);
      if (record.state() == RunRecord.State.PUBLISHED) {
        return new RunOutput(console, state, common.homeWords()).released(record);
      }
      ExportPlan plan = work.runs().plan(record);
      return new RunOutput(console, state, common.homeWords())
          .show(
              record.state() == RunRecord.State.STAGED
                  ? work.runs().publish(record, plan)
                  : work.runs().resume(record, plan));
    }
  }

  private static void refuseAbandoned(RunRecord record) {
    if (record.state() == RunRecord.State.ABANDONED
        || record.state() == RunRecord.State.UNCHANGED) {
      throw ProblemException.of(
          Category.USAGE,
          "RUN_ENDED",
          Place.of("run " + record.run()),
          "the run is " + record.state() + " and cannot be resumed",
          "start another with consentry run");
    }
  }
}
