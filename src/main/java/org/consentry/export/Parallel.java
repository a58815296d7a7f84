package org.consentry.export;

import java.util.List;
import java.util.concurrent.Callable;

/** Runs independent pieces of work, on one thread or on many; the engine outside decides. */
public interface Parallel {

  /**
   * Runs all pieces and returns their answers in the order of the pieces. The first failure is
   * thrown.
   */
  <T> List<T> all(List<Callable<T>> pieces);

  /** Runs pieces one after the other on the calling thread. */
  static Parallel onCallingThread() {
    return new OnCallingThread();
  }
}
