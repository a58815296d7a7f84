package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.consentry.export.Accepted;
import org.consentry.ledger.StateFolder;
import org.consentry.plan.Planner;
import org.consentry.problem.ProblemException;
import org.consentry.release.Publisher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A crash after the rename of a release: it is out, and the ledger has only that it was ready. */
final class UnsettledReleaseTest {

  private static final String JOB = "outcomes-limited-data-set";

  @TempDir Path folder;

  @Test
  void aReleaseThatIsOutIsKnownBeforeTheNextStartSettlesIt() {
    Installation installation = SmallSample.in(folder);
    installation.call("run", "--create-keys", "--threads", "1", installation.job(JOB).toString());
    StateFolder state = new StateFolder(installation.home());

    assertThatThrownBy(
            () -> {
              try (RunWork work =
                  RunWork.open(
                      Sessions.environment(
                          state, Installation.silent(), UnsettledReleaseTest::fail, Instant::now),
                      Installation.silent(),
                      1,
                      Accepted.NOTHING)) {
                work.runs()
                    .start(
                        Planner.plan(
                            installation.job(JOB), LocalDate.now(ZoneId.of("America/Phoenix"))),
                        "");
              }
            })
        .isInstanceOf(ProblemException.class);

    assertThat(installation.releases(JOB)).hasSize(2);
    Installation.Answer verified =
        installation.call("verify", installation.release(JOB).toString());
    assertThat(verified.exitCode()).as(verified.err()).isZero();
    Installation.Answer ledger = installation.call("ledger", "verify");
    assertThat(ledger.exitCode()).as(ledger.err()).isZero();
  }

  private static void fail(Publisher.Step step) {
    if (step == Publisher.Step.FLUSH_FOLDER) {
      throw new IllegalStateException("the machine fails here");
    }
  }
}
