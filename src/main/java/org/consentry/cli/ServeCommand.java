package org.consentry.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.service.PasswordHash;
import org.consentry.service.Service;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the service until it is stopped. */
@Command(
    name = "serve",
    description = {
      "Runs jobs when they are due, and shows pages to who signs in.",
      "Settings are in application.properties of the state folder.",
      "It ends when it is stopped, and stops a run at work first."
    },
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--jobs",
      paramLabel = "DIR",
      description = "The folder of the job files; default: jobs.")
  private Path jobs = Path.of("jobs");

  @Option(
      names = "--hash-password",
      description = "Reads a password and prints what the settings store of it.")
  private boolean isHash;

  @Override
  public Integer call() throws InterruptedException {
    Console console = common.console();
    if (isHash) {
      hash(console);
      return 0;
    }
    StateFolder state = common.state();
    if (!Files.isDirectory(jobs)) {
      throw ProblemException.of(
          Category.USAGE,
          "JOBS_FOLDER",
          Place.of(jobs),
          "there is no folder of job files here",
          "name it by --jobs");
    }
    Service service =
        Service.start(
            new Service.Setup(
                state,
                OperatorName.name(),
                jobs.toAbsolutePath().normalize(),
                ProgramWords.words(),
                JobDatabase.of(state).map(JobDatabase::shared),
                console::problem));
    CountDownLatch end = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(service::close, "end-of-service"));
    console.line("the service listens on port " + service.port());
    console.result("service", Map.of("port", service.port()));
    end.await();
    return 0;
  }

  private static void hash(Console console) {
    String hash = PasswordHash.of(TypedPassword.read());
    console.line("consentry.users.NAME.password=" + hash);
    console.line("consentry.users.NAME.roles=viewer");
    console.result("passwordHash", Map.of("hash", hash));
  }
}
