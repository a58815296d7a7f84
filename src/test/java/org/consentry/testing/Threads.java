package org.consentry.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.consentry.export.Parallel;

/** Runs pieces of work on a few threads at once. */
public final class Threads implements Parallel, AutoCloseable {

  private final ExecutorService workers;

  public Threads(int count) {
    workers = Executors.newFixedThreadPool(count);
  }

  @Override
  public <T> List<T> all(List<Callable<T>> pieces) {
    try {
      List<T> answers = new ArrayList<>();
      for (Future<T> answer : workers.invokeAll(pieces)) {
        answers.add(answer.get());
      }
      return answers;
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw new IllegalStateException(failed);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  @Override
  public void close() {
    workers.shutdownNow();
  }
}
