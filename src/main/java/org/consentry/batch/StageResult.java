package org.consentry.batch;

import java.util.Optional;

/** Hands the result of one step to the next: steps of a job return nothing. Not thread-safe. */
final class StageResult<T> {

  private Optional<T> result = Optional.empty();

  void set(T value) {
    result = Optional.of(value);
  }

  T get() {
    return result.orElseThrow();
  }
}
