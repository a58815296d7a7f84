package org.consentry.profile;

import java.util.EnumMap;
import java.util.Map;

/** A number for every constant of an enum; 0 at first. Not thread-safe. */
final class Counts<E extends Enum<E>> {

  private final Map<E, long[]> counts;

  Counts(Class<E> type) {
    this.counts = new EnumMap<>(type);
  }

  void add(E constant, long more) {
    counts.computeIfAbsent(constant, first -> new long[1])[0] += more;
  }

  long of(E constant) {
    long[] count = counts.get(constant);
    return count == null ? 0 : count[0];
  }
}
