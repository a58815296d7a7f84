package org.consentry.consent;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.consentry.problem.Problem;

/**
 * Problems to report: the first twenty of each kind one by one, and how many there were.
 *
 * @param listed the first of each kind, in order
 * @param counts how many there were, by the code of the problem
 */
public record ProblemCounts(List<Problem> listed, Map<String, Long> counts) {

  /** Nothing to report. */
  public static final ProblemCounts NOTHING = new ProblemCounts(List.of(), Map.of());

  private static final int LISTED_OF_A_KIND = 20;

  public ProblemCounts {
    listed = List.copyOf(listed);
    counts = Collections.unmodifiableMap(new TreeMap<>(counts));
  }

  /** How many problems are counted but not listed. */
  public long more() {
    return counts.values().stream().mapToLong(Long::longValue).sum() - listed.size();
  }

  /** Collects; not thread-safe. */
  public static final class Collector {

    private final List<Problem> listed = new ArrayList<>();
    private final Map<String, Long> counts = new TreeMap<>();

    /** Adds a problem; it is listed if it is one of the first of its kind. */
    public void add(Problem problem) {
      if (counts.merge(problem.code(), 1L, Long::sum) <= LISTED_OF_A_KIND) {
        listed.add(problem);
      }
    }

    /** What was added so far. */
    public ProblemCounts reported() {
      return new ProblemCounts(listed, counts);
    }
  }
}
