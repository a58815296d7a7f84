package org.consentry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Explanations read whole files, and so are made one at a time. */
final class AskingTest {

  @TempDir private Path folder;

  private Category refused(Asking asking) {
    try {
      asking.explain("ada", "a", folder.resolve("absent.yaml"), "");
    } catch (ProblemException refused) {
      return refused.category();
    }
    throw new AssertionError("a job that is absent is explained");
  }

  @Test
  void anExplanationIsRefusedWhileAnotherIsMade() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Asking asking =
        new Asking(
            new StateFolder(folder),
            Site.OWNER,
            () -> {
              begun.countDown();
              try {
                goOn.await();
              } catch (InterruptedException givenUp) {
                Thread.currentThread().interrupt();
              }
              return Instant.EPOCH;
            });
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try {
      Future<Category> first = threads.submit(() -> refused(asking));
      begun.await();

      assertThatThrownBy(() -> asking.explain("bob", "b", folder.resolve("absent.yaml"), ""))
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("another explanation is being made");
      goOn.countDown();

      assertThat(first.get()).isNotEqualTo(Category.TEMPORARY);
      assertThat(refused(asking)).isNotEqualTo(Category.TEMPORARY);
    } finally {
      goOn.countDown();
      threads.shutdownNow();
    }
  }
}
