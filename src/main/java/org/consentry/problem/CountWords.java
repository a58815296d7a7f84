package org.consentry.problem;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Counts as messages show them. */
public final class CountWords {

  private static final int FIRST_LINES = 5;

  private CountWords() {}

  /** Words and their counts, such as {@code WITHDRAWN 90, EXPIRED 1,206}; "none" of no words. */
  public static String of(Map<?, ? extends Number> counts) {
    return counts.isEmpty()
        ? "none"
        : counts.entrySet().stream()
            .map(one -> one.getKey() + " " + of(one.getValue().longValue()))
            .collect(Collectors.joining(", "));
  }

  /** A count with its noun, as in {@code 1 file} and {@code 2,000 files}. */
  public static String of(long count, String noun) {
    return of(count, noun, noun + "s");
  }

  /** The same with a plural of its own, as in {@code 2 entries}. */
  public static String of(long count, String noun, String plural) {
    return of(count) + " " + (count == 1 ? noun : plural);
  }

  /** The first of some lines, as in {@code line 8} and {@code lines 8, 9, ...}. */
  public static String lines(List<Long> lines) {
    String first =
        lines.stream()
            .limit(FIRST_LINES)
            .map(line -> Long.toString(line))
            .collect(Collectors.joining(", "));
    return (lines.size() == 1 ? "line " : "lines ")
        + first
        + (lines.size() > FIRST_LINES ? ", ..." : "");
  }

  /** A count with a comma before each three digits. */
  public static String of(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
