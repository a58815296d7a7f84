package org.consentry.batch;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
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
    try {
      return futures.stream().map(WorkerPool::answer).toList();
    } finally {
      futures.forEach(future -> future.cancel(true));
    }
  }

  @Override
  public <T> Supplier<T> begin(Callable<T> piece) {
    Future<T> future = workers.submit(piece);
    return () -> answer(future);
  }

  private static <T> T answer(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause();
      if (cause instanceof ProblemException known) {
        throw known;
      }
      throw Boundary.unexpected(cause == null ? failed : cause);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw stopped();
    }
  }

  private static ProblemException stopped() {
    return ProblemException.of(
        Category.TEMPORARY, "STOPPED", Place.of("run"), "the run was stopped", "resume it");
  }
}
