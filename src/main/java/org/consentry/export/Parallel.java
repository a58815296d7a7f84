package org.consentry.export;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Runs independent pieces of work, on one thread or on many; the engine outside decides. */
public interface Parallel {

  /**
   * Runs all pieces and returns their answers in the order of the pieces. The first failure is
   * thrown.
   */
  <T> List<T> all(List<Callable<T>> pieces);

  /**
   * Begins one piece while the caller goes on; where there is no other thread, it is done when its
   * answer is asked for. A caller that fails leaves the piece alone, so it writes nothing.
   *
   * @return waits for the answer and throws the failure of the piece; asked once
   */
  default <T> Supplier<T> begin(Callable<T> piece) {
    return () -> all(List.of(piece)).get(0);
  }

  /** Runs pieces on so many threads. */
  static Parallel onThreads(int threads) {
    return threads == 1 ? onCallingThread() : new OnThreads(threads);
  }

  /** Runs pieces one after the other on the calling thread. */
  static Parallel onCallingThread() {
    return new OnCallingThread();
  }
}
