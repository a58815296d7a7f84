package org.consentry.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A command at work is stopped by the run that it is about, and by no other. */
final class CommandAtWorkTest {

  private static final int TERMINATED = 143;
  private static final long PATIENCE = 60_000_000_000L; // nanoseconds

  /** Prints what a run prints at its begin, when it is permitted to, and then works on. */
  private static final String SCRIPT =
      """
      echo '{"event":"start","command":"run"}'
      while [ ! -e "%s/begin" ]; do sleep 0.02; done
      echo '{"event":"note","text":"about to begin"}'
      echo '{"event":"step","run":"first-run","step":"extracting"}'
      exec sleep 100
      """;

  @TempDir private Path folder;
  private final ExecutorService threads = Executors.newSingleThreadExecutor();
  private Commands commands = new Commands(List.of(), Path.of(""), Path.of(""));

  @BeforeEach
  void place() throws Exception {
    Path program = folder.resolve("program");
    Files.writeString(program, SCRIPT.replace("%s", folder.toString()));
    Path printed = Files.createDirectory(folder.resolve("printed"));
    commands = new Commands(List.of("sh", program.toString()), folder, printed);
  }

  @AfterEach
  void end() {
    commands.end();
    threads.shutdownNow();
  }

  private Future<Commands.Ended> start(String... words) {
    return threads.submit(() -> commands.run("a-job", List.of(words), Optional.empty()));
  }

  private void waitFor(String run) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE;
    while (!commands.runAtWork().equals(Optional.of(run))) {
      assertThat(System.nanoTime()).isLessThan(end);
      assertThat(new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS)).isFalse();
    }
  }

  @Test
  void aNewRunIsStoppedByTheIdThatItPrints() throws Exception {
    Future<Commands.Ended> work = start("run", "job.yaml");
    assertThat(commands.stop("first-run")).isFalse();
    Files.createFile(folder.resolve("begin"));
    waitFor("first-run");

    assertThat(commands.stop("another-run")).isFalse();
    assertThat(work.isDone()).isFalse();
    assertThat(commands.stop("first-run")).isTrue();

    assertThat(work.get().exitCode()).isEqualTo(TERMINATED);
    assertThat(commands.runAtWork()).isEmpty();
  }

  @Test
  void aRunThatIsResumedIsKnownFromItsCommand() throws Exception {
    Future<Commands.Ended> work = start("resume", "old-run");
    waitFor("old-run");

    assertThat(commands.stop("first-run")).isFalse();
    assertThat(commands.stop("old-run")).isTrue();

    assertThat(work.get().exitCode()).isEqualTo(TERMINATED);
  }

  @Test
  void withoutACommandNothingIsStopped() {
    assertThat(commands.runAtWork()).isEmpty();
    assertThat(commands.stop("first-run")).isFalse();
  }
}
