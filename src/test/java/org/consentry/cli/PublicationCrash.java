package org.consentry.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.consentry.export.Accepted;
import org.consentry.export.StateSession;
import org.consentry.ledger.StateFolder;
import org.consentry.plan.Planner;
import org.consentry.release.Publisher;

/** A process that dies at a step of publication, without a chance to tidy up. */
final class PublicationCrash {

  /** Exit code of a killed process. */
  static final int KILLED = 137;

  private PublicationCrash() {}

  /** Runs a job: state folder, job file, step. */
  public static void main(String[] words) {
    Publisher.Step fatal = Publisher.Step.valueOf(words[2]);
    StateFolder state = new StateFolder(Path.of(words[0]));
    StateSession.Environment environment =
        Sessions.environment(
            state,
            Installation.silent(),
            step -> {
              if (step == fatal) {
                Runtime.getRuntime().halt(KILLED);
              }
            },
            Instant::now);
    try (RunWork work = RunWork.open(environment, Installation.silent(), 2, Accepted.NOTHING)) {
      work.runs()
          .start(Planner.plan(Path.of(words[1]), LocalDate.now(ZoneId.of("America/Phoenix"))), "");
    }
  }
}
