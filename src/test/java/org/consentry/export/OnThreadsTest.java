package org.consentry.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.junit.jupiter.api.Test;

/** A piece of work that is begun goes on beside the caller. */
class OnThreadsTest {

  private final Parallel parallel = Parallel.onThreads(2);

  @Test
  void doesAPieceThatNoOneHasAskedForYet() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);

    Supplier<String> answer =
        parallel.begin(
            () -> {
              done.countDown();
              return "answer";
            });

    assertThat(done.await(1, TimeUnit.MINUTES)).isTrue();
    assertThat(answer.get()).isEqualTo("answer");
  }

  @Test
  void throwsTheFailureOfAPieceWhenItIsAskedFor() {
    ProblemException refused =
        ProblemException.of(Category.FILES_INVALID, "CODE", Place.of("file"), "message", "hint");

    Supplier<String> answer =
        parallel.begin(
            () -> {
              throw refused;
            });

    assertThatThrownBy(answer::get).isSameAs(refused);
  }

  /** The message of an exception that is not one of ours may quote a record. */
  @Test
  void withholdsTheMessageOfAnUnexpectedFailure() {
    Supplier<String> answer =
        parallel.begin(
            () -> {
              throw new IllegalArgumentException("canary");
            });

    assertThatThrownBy(answer::get)
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("IllegalArgumentException")
        .hasMessageNotContaining("canary")
        .hasNoCause();
  }
}
