package org.consentry.problem;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Counts as messages show them. */
public final class CountWords {

  private CountWords() {}

  /** Words and their counts, such as {@code WITHDRAWN 90, EXPIRED 1,206}; "none" of no words. */
  public static String of(Map<?, ? extends Number> counts) {
    return counts.isEmpty()
        ? "none"
        : counts.entrySet().stream()
            .map(one -> one.getKey() + " " + of(one.getValue().longValue()))
            .collect(Collectors.joining(", "));
  }

  /** A count with a comma before each three digits. */
  public static String of(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
