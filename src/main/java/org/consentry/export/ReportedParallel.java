package org.consentry.export;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * Reports each finished piece of work as a unit of progress. Pieces that are begun one by one are
 * not counted.
 *
 * @param parallel does the work
 * @param total whether the pieces are added to the step's total, or are known to be part of it
 */
record ReportedParallel(Parallel parallel, Progress progress, Total total) implements Parallel {

  /** Who reports how many pieces there are. */
  enum Total {
    GIVEN,
    ADDED
  }

  @Override
  public <T> List<T> all(List<Callable<T>> pieces) {
    if (total == Total.ADDED) {
      progress.total(pieces.size());
    }
    return parallel.all(pieces.stream().<Callable<T>>map(this::reported).toList());
  }

  private <T> Callable<T> reported(Callable<T> piece) {
    return () -> {
      T answer = piece.call();
      progress.done(1);
      return answer;
    };
  }

  @Override
  public <T> Supplier<T> begin(Callable<T> piece) {
    return parallel.begin(piece);
  }
}
