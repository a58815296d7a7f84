package org.consentry.export;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.consentry.problem.Category;
import org.consentry.problem.OutOfMemory;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/** Runs pieces of work on threads of its own, which end with the work. */
final class OnThreads implements Parallel {

  private final int threads;

  OnThreads(int threads) {
    this.threads = threads;
  }

  @Override
  public <T> List<T> all(List<Callable<T>> pieces) {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<T>> futures = pieces.stream().map(pool::submit).toList();
      return futures.stream().map(OnThreads::answer).toList();
    } finally {
      pool.shutdownNow();
    }
  }

  @Override
  public <T> Supplier<T> begin(Callable<T> piece) {
    FutureTask<T> task = new FutureTask<>(piece);
    Thread beside = new Thread(task, "beside");
    beside.setDaemon(true);
    beside.start();
    return () -> answer(task);
  }

  private static <T> T answer(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException failed) {
      OutOfMemory.endIfItIs(failed);
      if (failed.getCause() instanceof ProblemException known) {
        throw known;
      }
      Throwable cause = failed.getCause() == null ? failed : failed.getCause();
      throw ended("an unexpected " + cause.getClass().getSimpleName());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw ended("an interruption");
    }
  }

  private static ProblemException ended(String what) {
    return ProblemException.of(
        Category.RUN_FAILED, "INTERNAL", Place.of("source"), what + " ended the command", "");
  }
}
