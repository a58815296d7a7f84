package org.consentry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.ProblemException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A check that does not end keeps no other page waiting. */
final class FilePagesTest {

  @TempDir private Path folder;

  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final AtomicReference<Thread> slow = new AtomicReference<>();
  private FilePages pages;

  @BeforeEach
  void makePages() throws Exception {
    Site.settings(folder, List.of());
    Files.createDirectories(folder.resolve("jobs"));
    StateReader reader = new StateReader(new StateFolder(folder.resolve("state")), this::now);
    reader.snapshot();
    pages = new FilePages(reader, List.of(folder.resolve("jobs")), List::of);
  }

  @AfterEach
  void end() {
    goOn.countDown();
    threads.shutdownNow();
  }

  /** Stops the slow thread while it checks files. */
  private Instant now() {
    if (Thread.currentThread().equals(slow.get()) && isChecking()) {
      begun.countDown();
      try {
        goOn.await();
      } catch (InterruptedException givenUp) {
        Thread.currentThread().interrupt();
      }
    }
    return Instant.EPOCH;
  }

  private static boolean isChecking() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames.anyMatch(
                    frame ->
                        frame.getClassName().equals(FilePages.class.getName())
                            && frame.getMethodName().equals("check")));
  }

  private Future<Integer> checkSlowly() throws Exception {
    Future<Integer> checking =
        threads.submit(
            () -> {
              slow.set(Thread.currentThread());
              return pages.jobs().files().size();
            });
    assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
    return checking;
  }

  private int files() throws Exception {
    return threads.submit(() -> pages.jobs().files().size()).get(20, TimeUnit.SECONDS);
  }

  @Test
  void othersSeeWhatWasFoundBefore() throws Exception {
    assertThat(files()).isZero();
    Files.writeString(folder.resolve("jobs/a.yaml"), "job: a\n");
    Future<Integer> checking = checkSlowly();

    assertThat(files()).isZero();
    goOn.countDown();

    assertThat(checking.get()).isEqualTo(1);
    assertThat(files()).isEqualTo(1);
  }

  @Test
  void beforeTheFirstCheckHasEndedOthersAreAskedToTryAgain() throws Exception {
    Future<Integer> checking = checkSlowly();

    assertThatThrownBy(this::files)
        .cause()
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("checked for the first time");
    goOn.countDown();

    assertThat(checking.get()).isZero();
  }
}
