package org.consentry.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

class WorkerPoolTest {

  private static final String CANARY = "CANARY-4711";

  private final SimpleAsyncTaskExecutor workers = new SimpleAsyncTaskExecutor("test-");
  private final WorkerPool pool = new WorkerPool(workers);

  @AfterEach
  void close() {
    workers.close();
  }

  @Test
  void givesAnswersInTheOrderOfThePieces() {
    CountDownLatch last = new CountDownLatch(1);
    List<Callable<Integer>> pieces =
        IntStream.range(0, 20)
            .<Callable<Integer>>mapToObj(
                i ->
                    () -> {
                      if (i == 19) {
                        last.countDown();
                      }
                      last.await();
                      return i;
                    })
            .toList();

    assertThat(pool.all(pieces)).isEqualTo(IntStream.range(0, 20).boxed().toList());
  }

  @Test
  void throwsTheProblemOfAPieceAsItIs() {
    ProblemException problem =
        ProblemException.of(Category.STALE, "X", Place.of("a.csv"), "changed", "");

    assertThatThrownBy(
            () ->
                pool.all(
                    List.<Callable<Integer>>of(
                        () -> 1,
                        () -> {
                          throw problem;
                        })))
        .isSameAs(problem);
  }

  @Test
  void keepsTheMessageOfAnyOtherFailureToItself() {
    List<Throwable> failures =
        List.of(
            new IllegalStateException(CANARY),
            new java.io.IOException(CANARY),
            new StackOverflowError(CANARY),
            new AssertionError(CANARY));

    for (Throwable failure : failures) {
      assertThatThrownBy(() -> pool.all(List.<Callable<Integer>>of(() -> raise(failure))))
          .isInstanceOf(ProblemException.class)
          .hasNoCause()
          .hasMessageNotContaining(CANARY)
          .hasMessageContaining(
              "error INTERNAL an unexpected " + failure.getClass().getSimpleName())
          .extracting(thrown -> ((ProblemException) thrown).category())
          .isEqualTo(Category.RUN_FAILED);
    }
  }

  private static int raise(Throwable failure) throws Exception {
    if (failure instanceof Error error) {
      throw error;
    }
    throw (Exception) failure;
  }

  @Test
  void endsThePiecesThatStillWaitWhenOneFailed() throws InterruptedException {
    AtomicBoolean interrupted = new AtomicBoolean();
    CountDownLatch waiting = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    Callable<Integer> fails =
        () -> {
          waiting.await();
          throw new IllegalStateException(CANARY);
        };
    Callable<Integer> waits =
        () -> {
          try {
            waiting.countDown();
            new CountDownLatch(1).await();
          } catch (InterruptedException expected) {
            interrupted.set(true);
          } finally {
            ended.countDown();
          }
          return 0;
        };

    assertThatThrownBy(() -> pool.all(List.of(fails, waits))).isInstanceOf(ProblemException.class);

    ended.await();
    assertThat(interrupted).isTrue();
  }
}
