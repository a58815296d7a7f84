package org.consentry.cli;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.consentry.export.StateSession;
import org.consentry.followup.Moments;
import org.consentry.problem.Category;
import org.consentry.problem.CountWords;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Removes what is old and not needed. */
@Command(
    name = "purge",
    description = {
      "Removes old run records, job history and damaged job repositories.",
      "Ledger, code vaults, exact manifests and files of members remain.",
      "The ledger records the removal."
    },
    mixinStandardHelpOptions = true)
final class PurgeCommand implements Callable<Integer> {

  private static final Pattern DAYS = Pattern.compile("([1-9][0-9]{0,4})d");

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private ClockOption clock = new ClockOption();

  @Option(
      names = "--keep",
      paramLabel = "DAYS",
      required = true,
      description = "The age to remove from, such as 400d.")
  private String keep = "";

  @Override
  public Integer call() {
    Matcher days = DAYS.matcher(keep);
    if (!days.matches()) {
      throw ProblemException.of(
          Category.USAGE,
          "KEEP",
          Place.of("--keep"),
          "expected a number of days from 1d to 99999d",
          "write --keep 400d");
    }
    Console console = common.console();
    try (StateSession session = Sessions.ask(common.state(), console)) {
      clock.accept(session);
      session.requireClock();
      Purge.Outcome outcome =
          Purge.run(session, Duration.ofDays(Long.parseLong(days.group(1))), console::remark);
      console.line(
          "purged what ended before "
              + outcome.before()
              + ": "
              + CountWords.of(outcome.records(), "run record")
              + ", "
              + outcome.history()
              + " job instances, "
              + outcome.databases()
              + " damaged job repositories");
      outcome
          .unfinished()
          .forEach(
              run ->
                  console.line(
                      "kept "
                          + run
                          + ", which has not ended: consentry resume "
                          + run
                          + "   or   consentry abandon "
                          + run));
      console.result(
          "purged",
          Map.of(
              "before", Moments.iso(outcome.before()),
              "runRecords", outcome.records(),
              "jobInstances", outcome.history(),
              "jobRepositories", outcome.databases(),
              "unfinished", outcome.unfinished()));
    }
    return 0;
  }
}
