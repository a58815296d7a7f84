package org.consentry.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import org.consentry.export.StateSession;
import org.consentry.ledger.RunRecord;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Ends a run that will not continue. */
@Command(
    name = "abandon",
    description = "Ends a run that will not continue, and removes what it staged.",
    mixinStandardHelpOptions = true)
final class AbandonCommand implements Callable<Integer> {

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private RunParameter run = new RunParameter();

  @Override
  public Integer call() {
    StateFolder state = common.state();
    Console console = common.console();
    run.find(state);
    try (StateSession session = Sessions.open(state, console)) {
      RunRecord record = run.find(state);
      switch (record.state()) {
        case PUBLISHED ->
            throw ProblemException.of(
                Category.USAGE,
                "RUN_ENDED",
                Place.of("run " + record.run()),
                "the run is published and cannot be abandoned",
                "");
        case UNCHANGED -> console.line("ended already, without a release");
        case ABANDONED -> console.line("abandoned already");
        case RUNNING, FAILED, STOPPED, STAGED -> {
          session.abandon(record);
          console.line("abandoned " + record.run());
        }
      }
      RunRecord.State ended =
          record.state() == RunRecord.State.UNCHANGED ? record.state() : RunRecord.State.ABANDONED;
      console.result("endedRun", Map.of("run", record.run(), "state", ended.name()));
    }
    return 0;
  }
}
