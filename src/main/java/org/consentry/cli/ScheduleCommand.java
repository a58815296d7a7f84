package org.consentry.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.consentry.followup.Moments;
import org.consentry.ledger.StateFolder;
import org.consentry.service.History;
import org.consentry.service.History.Event;
import org.consentry.service.Schedules;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows and changes when jobs are due, beside the service and without it. */
@Command(
    name = "schedule",
    description = "Shows when jobs are due, and pauses, resumes and runs them.",
    mixinStandardHelpOptions = true,
    subcommands = {
      ScheduleCommand.ListAll.class,
      ScheduleCommand.Pause.class,
      ScheduleCommand.Resume.class,
      ScheduleCommand.Now.class
    })
final class ScheduleCommand {

  private ScheduleCommand() {}

  /** Where the jobs are. */
  static final class JobsOption {
    @Option(
        names = "--jobs",
        paramLabel = "DIR",
        description = "The folder of the job files; default: jobs.")
    private Path folder = Path.of("jobs");

    Schedules schedules(StateFolder state) {
      return new Schedules(state, folder.toAbsolutePath().normalize());
    }
  }

  /** Lists jobs. */
  @Command(
      name = "list",
      description = {
        "Lists the jobs: when each is due, and what became of it last.",
        "A due time that was missed is shown with the reason.",
        "Of jobs that were removed or renamed it is shown for 30 days."
      },
      mixinStandardHelpOptions = true)
  static final class ListAll implements Callable<Integer> {

    @Mixin private CommonOptions common = new CommonOptions();
    @Mixin private JobsOption jobs = new JobsOption();

    @Override
    public Integer call() {
      StateFolder state = common.state();
      Console console = common.console();
      Schedules schedules = jobs.schedules(state);
      Moments moments = Moments.of(state);
      Instant now = Instant.now();
      List<Schedules.Line> lines = schedules.list(now);
      lines.forEach(line -> show(console, moments, line));
      schedules.gone(now).forEach(line -> show(console, moments, line));
      lines.stream().flatMap(line -> line.problems().stream()).forEach(console::problem);
      if (!schedules.isServed()) {
        console.line("");
        console.line("no service is at work on this state folder: consentry serve starts it");
      }
      console.result("schedules", Map.of("served", schedules.isServed(), "jobs", lines.size()));
      return 0;
    }

    private static void show(Console console, Moments moments, Schedules.Line line) {
      Optional<String> next = line.next().map(moments::words);
      console.line(line.job());
      console.line("  schedule  " + times(line));
      if (!line.pausedBy().isEmpty()) {
        console.line("  paused    by " + line.pausedBy());
      }
      next.ifPresent(moment -> console.line("  next      " + moment));
      line.last().ifPresent(event -> console.line("  last      " + last(moments, event)));
      line.missed()
          .ifPresent(
              event ->
                  console.line(
                      "  missed    " + moments.words(event.due()) + ": " + event.reason()));
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("job", line.job());
      fields.put("schedule", line.times());
      fields.put("pausedBy", line.pausedBy());
      fields.put("next", line.next().map(Moments::iso));
      fields.put("last", line.last().map(Event::at).map(Moments::iso));
      fields.put("lastExitCode", line.last().filter(ListAll::isEnd).map(Event::exitCode));
      fields.put("missed", line.missed().map(Event::due).map(Moments::iso));
      fields.put("missedReason", line.missed().map(Event::reason).orElse(""));
      console.result("scheduledJob", fields);
    }

    private static boolean isEnd(Event event) {
      return event.what() != History.What.BEGUN;
    }

    private static String times(Schedules.Line line) {
      if (line.file().isEmpty()) {
        return "none: the job was removed or renamed";
      }
      return line.isScheduled() ? line.times() : "none";
    }

    private static String last(Moments moments, Event event) {
      return switch (event.what()) {
        case BEGUN -> "begun " + moments.words(event.at());
        default ->
            "ended "
                + moments.words(event.at())
                + ", exit code "
                + event.exitCode()
                + (event.reason().isEmpty() ? "" : ": " + event.reason());
      };
    }
  }

  /** Pauses a job. */
  @Command(
      name = "pause",
      description = "Pauses a job: it is not run when it is due.",
      mixinStandardHelpOptions = true)
  static final class Pause implements Callable<Integer> {

    @Mixin private CommonOptions common = new CommonOptions();
    @Mixin private JobsOption jobs = new JobsOption();

    @Parameters(paramLabel = "JOB", description = "Name of the job.")
    private String job = "";

    @Override
    public Integer call() {
      boolean isNew = jobs.schedules(common.state()).pause(job, OperatorName.name());
      Console console = common.console();
      console.line(isNew ? "paused " + job : job + " was paused already");
      return paused(console, Map.of("job", job, "paused", true, "changed", isNew));
    }
  }

  /** Resumes a job. */
  @Command(
      name = "resume",
      description = "Resumes a job that was paused: it is due at its next time.",
      mixinStandardHelpOptions = true)
  static final class Resume implements Callable<Integer> {

    @Mixin private CommonOptions common = new CommonOptions();
    @Mixin private JobsOption jobs = new JobsOption();

    @Parameters(paramLabel = "JOB", description = "Name of the job.")
    private String job = "";

    @Override
    public Integer call() {
      boolean was = jobs.schedules(common.state()).resume(job);
      Console console = common.console();
      console.line(was ? "resumed " + job : job + " was not paused");
      return paused(console, Map.of("job", job, "paused", false, "changed", was));
    }
  }

  /** Asks for a run. */
  @Command(
      name = "now",
      description = {
        "Asks the service to run a job now, whether it is due or not.",
        "Without a service at work it is run when one is."
      },
      mixinStandardHelpOptions = true)
  static final class Now implements Callable<Integer> {

    @Mixin private CommonOptions common = new CommonOptions();
    @Mixin private JobsOption jobs = new JobsOption();

    @Parameters(paramLabel = "JOB", description = "Name of the job.")
    private String job = "";

    @Override
    public Integer call() {
      Schedules schedules = jobs.schedules(common.state());
      schedules.now(job, OperatorName.name());
      boolean isServed = schedules.isServed();
      Console console = common.console();
      console.line(
          isServed
              ? "asked the service to run " + job
              : "no service is at work on this state folder; " + job + " is run when one is");
      console.result("requestedRun", Map.of("job", job, "served", isServed));
      return 0;
    }
  }

  private static int paused(Console console, Map<String, ?> fields) {
    console.result("pausedJob", fields);
    return 0;
  }
}
