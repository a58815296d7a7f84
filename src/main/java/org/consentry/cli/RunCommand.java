package org.consentry.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.Planner;
import org.consentry.release.StateFolder;
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
  @Mixin private ThreadsOption threads = new ThreadsOption();

  @Parameters(paramLabel = "JOB", description = "the job file")
  private Path job = Path.of("");

  @Option(
      names = "--create-keys",
      description = "make missing keys; only while the study has never released")
  private boolean createKeys;

  @Override
  public Integer call() {
    Console console = common.console();
    StateFolder state = common.state();
    ExportPlan plan = Planner.plan(job, RunSession.today());
    plan.warnings().forEach(warning -> console.remark(warning.toString()));
    try (RunSession session = RunSession.open(state, console, threads.count())) {
      if (createKeys) {
        MissingKeys.create(plan, state, session.hasReleased(plan.job().study().id()), console);
      }
      return session.start(plan, threads.count());
    }
  }
}
