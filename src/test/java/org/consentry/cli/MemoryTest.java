package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.consentry.cli.Installation.Answer;
import org.consentry.export.RunOutcome;
import org.consentry.problem.OutOfMemory;
import org.consentry.testing.Program;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run whose memory runs out, wherever that is, takes nothing with it. */
final class MemoryTest {

  private static final String JOB = "eyelid-outcomes";

  /** Options of the launcher. */
  private static final List<String> LAUNCHER =
      List.of(
          "-Xlog:disable",
          "-XX:+UseSerialGC",
          "-XX:-CreateCoredumpOnCrash",
          "-XX:+DisplayVMOutputToStderr",
          "-XX:OnOutOfMemoryError=kill -9 %p");

  @TempDir Path folder;
  private Installation place;

  @BeforeEach
  void install() throws IOException {
    place = Installation.in(folder.toRealPath());
    assertThat(place.run(JOB).exitCode()).isLessThanOrEqualTo(RunOutcome.RELEASED_WITH_REJECTS);
  }

  @Test
  void leavesALedgerThatIsInOrderAndARunThatCanBeResumed() throws Exception {
    int outOfMemory = 0;
    for (int megabytes : List.of(12, 20, 36)) {
      List<String> options = new ArrayList<>(LAUNCHER);
      options.add("-Xmx" + megabytes + "m");
      Program.Ended ended =
          Program.java(
                  options,
                  Main.class,
                  List.of(
                      "run",
                      "--threads",
                      "2",
                      place.job(JOB).toString(),
                      "--home",
                      place.home().toString()))
              .run();

      assertThat(ended.exitCode())
          .as(megabytes + " MiB: " + ended.text())
          .isIn(0, RunOutcome.RELEASED_WITH_REJECTS, OutOfMemory.EXIT_CODE);
      assertThat(ended.out()).doesNotContain("OutOfMemoryError");
      outOfMemory += ended.exitCode() == OutOfMemory.EXIT_CODE ? 1 : 0;
      Answer verified = place.call("ledger", "verify", "--full");
      assertThat(verified.exitCode()).as(megabytes + " MiB: " + verified.err()).isEqualTo(0);
    }

    assertThat(outOfMemory).isPositive();
    Answer next = place.run(JOB);
    assertThat(next.exitCode()).as(next.err()).isLessThanOrEqualTo(3);
    assertThat(place.call("ledger", "verify", "--full").exitCode()).isEqualTo(0);
  }
}
