package org.consentry.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.consentry.export.RunOutcome;

/**
 * The exit code of a command, for the case that a signal ends the process meanwhile. Java would
 * report the signal whatever the command did.
 */
final class ExitCode {

  private static final CompletableFuture<Integer> CODE = new CompletableFuture<>();

  private static final int MOST_SECONDS = 120;

  private ExitCode() {}

  /** The command has ended, and everything it had to write is written. */
  static void is(int code) {
    CODE.complete(code);
  }

  /**
   * Called while the Java runtime shuts down: waits for the command and ends the process with its
   * exit code. Returns when the command was stopped, or does not end; the process then ends as the
   * signal demands.
   */
  static void endProcess() {
    try {
      int code = CODE.get(MOST_SECONDS, TimeUnit.SECONDS);
      if (code != RunOutcome.STOPPED) {
        Runtime.getRuntime().halt(code);
      }
    } catch (InterruptedException givenUp) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException doesNotEnd) {
      System.err.println("the run does not stop; consentry resume takes it up again");
    }
  }
}
