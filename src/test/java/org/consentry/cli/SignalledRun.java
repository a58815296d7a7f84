package org.consentry.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.consentry.export.Accepted;
import org.consentry.export.StateSession;
import org.consentry.ledger.StateFolder;
import org.consentry.plan.Planner;
import org.consentry.release.Publisher;
import org.consentry.testing.Program;

/** A process that is asked to end while it publishes. */
final class SignalledRun {

  private SignalledRun() {}

  /** Runs a job: state folder, job file, step at which the signal arrives. */
  public static void main(String[] words) {
    Publisher.Step step = Publisher.Step.valueOf(words[2]);
    int code;
    StateSession.Environment environment =
        Sessions.environment(
            new StateFolder(Path.of(words[0])),
            Installation.silent(),
            at -> {
              if (at == step) {
                terminate();
              }
            },
            Instant::now);
    try (RunWork work = RunWork.open(environment, Installation.silent(), 2, Accepted.NOTHING)) {
      code =
          work.runs()
              .start(
                  Planner.plan(Path.of(words[1]), LocalDate.now(ZoneId.of("America/Phoenix"))), "")
              .exitCode();
    }
    ExitCode.is(code);
    System.exit(code);
  }

  /** Returns once the Java runtime has begun to shut down. */
  private static void terminate() {
    try {
      Program.shell("kill -TERM " + ProcessHandle.current().pid()).run();
    } catch (IOException | InterruptedException failed) {
      throw new IllegalStateException(failed);
    }
    while (!isShuttingDown()) {
      Thread.onSpinWait();
    }
  }

  private static boolean isShuttingDown() {
    Thread hook = new Thread(() -> {});
    try {
      Runtime.getRuntime().addShutdownHook(hook);
      Runtime.getRuntime().removeShutdownHook(hook);
      return false;
    } catch (IllegalStateException shuttingDown) {
      return true;
    }
  }
}
