package org.consentry.service;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Names for which sign-in failed too often: after five failures a name is locked for a quarter of
 * an hour, whether there is such a user or not. Safe for any number of threads. Remembers a bounded
 * number of names, those that failed last.
 */
final class LockOut {

  private static final int MOST_FAILURES = 5;
  private static final int MOST_NAMES = 10_000;
  private static final Duration LOCKED = Duration.ofMinutes(15);

  private final Supplier<Instant> clock;
  private final Map<String, Failures> failures = new LinkedHashMap<>();

  /**
   * Failures of a name.
   *
   * @param count how many, since the first one or the last success
   * @param last when it failed last
   */
  private record Failures(int count, Instant last) {}

  LockOut(Supplier<Instant> clock) {
    this.clock = clock;
  }

  /** Whether a name is locked. */
  synchronized boolean isLocked(String name) {
    return recent(name).count() >= MOST_FAILURES;
  }

  /**
   * Sign-in failed for a name.
   *
   * @return whether the name is locked from now on
   */
  synchronized boolean failed(String name) {
    int count = recent(name).count() + 1;
    failures.remove(name);
    failures.put(name, new Failures(count, clock.get()));
    if (failures.size() > MOST_NAMES) {
      failures.remove(failures.keySet().iterator().next());
    }
    return count == MOST_FAILURES;
  }

  /** A name has signed in. */
  synchronized void succeeded(String name) {
    failures.remove(name);
  }

  private Failures recent(String name) {
    Failures none = new Failures(0, Instant.EPOCH);
    Failures found = failures.getOrDefault(name, none);
    return found.last().plus(LOCKED).isBefore(clock.get()) ? none : found;
  }
}
