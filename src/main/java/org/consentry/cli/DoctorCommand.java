package org.consentry.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.StateFolder;
import org.consentry.plan.Planner;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks machine, state folder and jobs, one line each. */
@Command(
    name = "doctor",
    description = {
      "Checks the machine, the state folder and jobs, one line each.",
      "Exit code 0, or that of the worst error. Changes nothing."
    },
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

  private static final int MOST_DAYS = 3650;

  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "JOB", arity = "0..*", description = "Jobs; default: those in jobs/.")
  private List<Path> jobs = new ArrayList<>();

  @Option(
      names = "--within",
      paramLabel = "DAYS",
      description = "Also warns of what ends within these days; default: 30.")
  private int days = 30;

  @Override
  public Integer call() {
    if (days < 0 || days > MOST_DAYS) {
      throw ProblemException.of(
          Category.USAGE,
          "WITHIN",
          Place.of("--within"),
          "expected a number of days from 0 to " + MOST_DAYS + " but found " + days,
          "leave it out for 30");
    }
    Console console = common.console();
    Checkup checkup = new Checkup(console);
    MachineChecks machine = new MachineChecks(checkup);
    machine.run();
    StateFolder state = common.anyState();
    Optional<Ledger> ledger =
        new StateChecks(checkup, state, common.homeWords()).run(machine, Instant.now());
    JobChecks checks = new JobChecks(checkup, state, ledger);
    (jobs.isEmpty() ? shipped() : jobs).forEach(job -> checks.run(job, machine, days));
    return checkup.end();
  }

  private static List<Path> shipped() {
    try (Stream<Path> list = Files.list(Path.of("jobs"))) {
      return list.filter(file -> file.toString().endsWith(".yaml"))
          .filter(Planner::isJob)
          .sorted()
          .toList();
    } catch (IOException none) {
      return List.of();
    }
  }
}
