package org.consentry.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
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
    try (RunSession session =
        RunSession.open(
            new StateFolder(Path.of(words[0])),
            Installation.silent(),
            2,
            at -> {
              if (at == step) {
                terminate();
              }
            })) {
      code =
          session.start(
              Planner.plan(Path.of(words[1]), RunSession.today(ZoneId.of("America/Phoenix"))), 2);
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
