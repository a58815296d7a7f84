package org.consentry.cli;

import java.util.concurrent.Callable;
import org.consentry.export.Accepted;
import org.consentry.ledger.RunRecord;
import org.consentry.ledger.StateFolder;
import org.consentry.plan.ExportPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Publishes a staged run. */
@Command(
    name = "publish",
    description = {
      "Publishes a staged run that has enough approvals.",
      "Consent, agreements and approvals are checked again.",
      "Nothing is published but what was approved."
    },
    mixinStandardHelpOptions = true)
final class PublishCommand implements Callable<Integer> {

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private ClockOption clock = new ClockOption();
  @Mixin private RunParameter run = new RunParameter();

  @Override
  public Integer call() {
    StateFolder state = common.state();
    Console console = common.console();
    run.findStaged(state);
    try (RunWork work =
        RunWork.open(Sessions.environment(state, console), console, 1, Accepted.NOTHING)) {
      clock.accept(work.session());
      RunRecord record = run.findStaged(state);
      ExportPlan plan = work.runs().plan(record);
      return new RunOutput(console, state, common.homeWords())
          .show(work.runs().publish(record, plan));
    }
  }
}
