package org.consentry.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.consentry.export.Parallel;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.springframework.core.task.AsyncTaskExecutor;

/** Runs pieces of work on the workers of the run. */
final class WorkerPool implements Parallel {

  private final AsyncTaskExecutor workers;

  WorkerPool(AsyncTaskExecutor workers) {
    this.workers = workers;
  }

  @Override
  public <T> List<T> all(List<Callable<T>> pieces) {
    List<Future<T>> futures = pieces.stream().map(workers::submit).toList();
    List<T> answers = new ArrayList<>();
    try {
      for (Future<T> future : futures) {
        answers.add(future.get());
      }
      return answers;
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause();
      if (cause instanceof ProblemException known) {
        throw known;
      }
      throw Boundary.unexpected(cause == null ? failed : cause);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw stopped();
    } finally {
      futures.forEach(future -> future.cancel(true));
    }
  }

  private static ProblemException stopped() {
    return ProblemException.of(
        Category.TEMPORARY, "STOPPED", Place.of("run"), "the run was stopped", "resume it");
  }
}
