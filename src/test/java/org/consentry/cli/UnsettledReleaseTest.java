package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.ZoneId;
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
              try (RunSession session =
                  RunSession.open(state, Installation.silent(), 1, UnsettledReleaseTest::fail)) {
                session.start(
                    Planner.plan(
                        installation.job(JOB), RunSession.today(ZoneId.of("America/Phoenix"))),
                    1);
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
