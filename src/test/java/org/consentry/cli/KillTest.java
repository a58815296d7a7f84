package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.assertj.core.api.AbstractIntegerAssert;
import org.consentry.export.RunOutcome;
import org.consentry.ledger.RunRecord;
import org.consentry.ledger.RunRecords;
import org.consentry.ledger.StateFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes killed at work, and what becomes of their runs. */
final class KillTest {

  private static final String LIMITED = "outcomes-limited-data-set";
  private static final String EYELID = "eyelid-outcomes";

  @TempDir Path folder;
  private Installation installation;

  @BeforeEach
  void install() {
    installation = Installation.in(folder);
    installation.addVisits(120_000);
  }

  @Test
  void killedRunsEndInTheBytesOfAnUninterruptedOne() throws Exception {
    long seed = Long.getLong("consentry.seed", System.nanoTime());
    System.out.println("KillTest seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    Instant began = Instant.now();
    requireEnd(run(LIMITED)).isEqualTo(RunOutcome.RELEASED_WITH_REJECTS);
    long duration = Duration.between(began, Instant.now()).toMillis();
    Map<String, String> expected = data(installation.release(LIMITED));

    int splits = (int) (Files.size(installation.clinic("visits")) / Child.SPLIT_BYTES);
    for (int kill = 0; kill < 4; kill++) {
      Child child = again(LIMITED);
      if (child.work(random.nextLong(duration * kill / 4, duration * (kill + 1) / 4))) {
        child.kill();
      }
    }
    int amidst = 0;
    for (int kill = 0; kill < 3; kill++) {
      int markers = random.nextInt(splits * kill / 3 + 1, splits * (kill + 1) / 3 + 1);
      Child child = again(LIMITED);
      boolean killed = child.until(() -> markers() >= markers);
      child.kill();
      amidst += killed ? 1 : 0;
    }
    int amidstParts = 0;
    for (int parts : List.of(1, 3)) {
      Child child = again(LIMITED);
      amidstParts += child.until(() -> installation.staged("", ".part") >= parts) ? 1 : 0;
      child.kill();
    }
    requireEnd(again(LIMITED)).isEqualTo(RunOutcome.RELEASED_WITH_REJECTS);

    assertThat(splits).isGreaterThan(10);
    assertThat(amidstParts).isPositive();
    assertThat(amidst).isPositive();
    assertThat(installation.releases(LIMITED)).hasSizeGreaterThan(1);
    for (Path release : installation.releases(LIMITED)) {
      assertThat(data(release)).isEqualTo(expected);
    }
    assertThat(installation.root().resolve("releases/.staging")).doesNotExist();
  }

  @Test
  void keepsRandomAndOneTimeCodesOverAKill() throws Exception {
    Child first = run(EYELID);
    assertThat(first.until(() -> markers() > 0)).as("codes are drawn before any part").isTrue();
    first.kill();
    long drawn = vault();
    installation.keepCopy();
    Child resumed = again(EYELID);
    requireEnd(resumed).isLessThanOrEqualTo(3);
    Map<String, String> expected = data(installation.release(EYELID));

    installation.restoreCopy();
    for (int markers : List.of(1, 6)) {
      Child child = again(EYELID);
      assertThat(child.until(() -> markers() >= markers)).isTrue();
      child.kill();
      assertThat(installation.call("status", installation.newestRun().run()).out())
          .contains("INTERRUPTED");
    }
    requireEnd(again(EYELID)).isLessThanOrEqualTo(3);

    assertThat(expected.keySet()).anyMatch(file -> file.endsWith(".parquet"));
    assertThat(data(installation.release(EYELID))).isEqualTo(expected);
    assertThat(vault()).isEqualTo(drawn);

    requireEnd(run(EYELID)).isLessThanOrEqualTo(3);
    Map<String, String> next = data(installation.release(EYELID));
    assertThat(vault()).isEqualTo(drawn);
    assertThat(next).containsEntry("patients.parquet", expected.get("patients.parquet"));
    assertThat(next.get("procedures.parquet")).isNotEqualTo(expected.get("procedures.parquet"));
  }

  @Test
  void stopsOnASignalAndGoesOnAfterwards() throws Exception {
    Child child = run(LIMITED);
    assertThat(child.until(() -> markers() >= 2)).isTrue();
    child.terminate();

    assertThat(child.end()).isEqualTo(143);
    RunRecord stopped = installation.newestRun();
    assertThat(stopped.state()).isEqualTo(RunRecord.State.STOPPED);
    assertThat(stopped.exitCode()).isEqualTo(143);
    assertThat(installation.releases(LIMITED)).isEmpty();
    requireEnd(again(LIMITED)).isEqualTo(RunOutcome.RELEASED_WITH_REJECTS);
    assertThat(installation.newestRun().state()).isEqualTo(RunRecord.State.PUBLISHED);
  }

  @Test
  void letsOneProcessAtATimeWork() throws Exception {
    Child first = run(LIMITED);
    assertThat(first.until(() -> Files.exists(installation.root().resolve("releases/.staging"))))
        .isTrue();
    first.freeze();

    Installation.Answer second = installation.run(LIMITED);
    Installation.Answer third = installation.call("resume", installation.newestRun().run());
    first.goOn();

    assertThat(second.exitCode()).isEqualTo(11);
    assertThat(third.exitCode()).isEqualTo(11);
    assertThat(second.err())
        .isEqualTo(
            installation.home().resolve("lock")
                + ": error LOCKED another run has the lock; wait until it ends; consentry status"
                + " shows it\n");
    requireEnd(first).isEqualTo(RunOutcome.RELEASED_WITH_REJECTS);
    assertThat(installation.releases(LIMITED)).hasSize(1);
  }

  private static AbstractIntegerAssert<?> requireEnd(Child child) throws Exception {
    int end = child.end();
    return assertThat(end).as(child.printed());
  }

  private Child run(String job) {
    return Child.start(
        installation, "run", "--create-keys", "--threads", "2", installation.job(job).toString());
  }

  /** Takes up the run that has not ended; starts one when there is none. */
  private Child again(String job) {
    RunRecords records = new RunRecords(new StateFolder(installation.home()));
    return records.all().stream()
        .filter(record -> record.state() != RunRecord.State.PUBLISHED)
        .findFirst()
        .map(record -> Child.start(installation, "resume", "--threads", "2", record.run()))
        .orElseGet(() -> run(job));
  }

  /** How many splits of visits are done in staging. */
  private int markers() {
    return installation.staged("visits-", ".marker");
  }

  /** Bytes of the code vault. */
  private long vault() {
    return Installation.files(installation.home().resolve("vault")).stream()
        .mapToLong(file -> file.toFile().length())
        .sum();
  }

  private static Map<String, String> data(Path release) {
    return Installation.digests(release.resolve("data"));
  }
}
