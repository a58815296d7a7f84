package org.consentry.consent;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.consentry.data.Exclusion;

/**
 * How many subjects and lines fell at which test. Both sums balance.
 *
 * @param subjects all subjects
 * @param permitted subjects with at least one permit that passed every test
 * @param excluded the others, by the test their furthest permit failed
 * @param lines all lines read
 * @param outcomes lines by outcome
 * @param failedPermits permits that failed a test, by the test
 */
public record ConsentFlow(
    long subjects,
    long permitted,
    Map<Exclusion, Long> excluded,
    long lines,
    Map<LineOutcome, Long> outcomes,
    Map<Exclusion, Long> failedPermits) {

  public ConsentFlow {
    excluded = copy(Exclusion.class, excluded);
    outcomes = copy(LineOutcome.class, outcomes);
    failedPermits = copy(Exclusion.class, failedPermits);
    if (subjects != permitted + sum(excluded)) {
      throw new IllegalArgumentException("subjects do not balance");
    }
    if (lines != sum(outcomes)) {
      throw new IllegalArgumentException("lines do not balance");
    }
    if (sum(failedPermits) != outcomes.getOrDefault(LineOutcome.PERMIT_FAILED, 0L)) {
      throw new IllegalArgumentException("failed permits do not balance");
    }
  }

  private static long sum(Map<?, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static <E extends Enum<E>> Map<E, Long> copy(Class<E> type, Map<E, Long> counts) {
    EnumMap<E, Long> copy = new EnumMap<>(type);
    counts.forEach(
        (key, count) -> {
          if (count != 0) {
            copy.put(key, count);
          }
        });
    return Collections.unmodifiableMap(copy);
  }
}
