package org.consentry.consent;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;

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

  /**
   * The first of each kind, and one more for a kind of which some are not listed, with their
   * number.
   *
   * @param file the file of all of them
   */
  public List<Problem> withTotals(String file) {
    List<Problem> all = new ArrayList<>(listed);
    counts.forEach(
        (code, count) -> {
          List<Problem> some = listed.stream().filter(one -> one.code().equals(code)).toList();
          if (count > some.size() && !some.isEmpty()) {
            Problem first = some.get(0);
            String message = count + " lines have this problem, the first " + some.size();
            all.add(
                new Problem(first.severity(), code, Place.of(file), message + " are listed", ""));
          }
        });
    return all;
  }

  /**
   * Throws once for all of them.
   *
   * @param file the file of all of them
   * @throws ProblemException category FILES_INVALID when there is one
   */
  public void throwIfAny(String file) {
    if (!counts.isEmpty()) {
      throw new ProblemException(Category.FILES_INVALID, withTotals(file));
    }
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

    /** Adds what another one has collected after this. */
    public void addAll(ProblemCounts others) {
      for (Problem problem : others.listed()) {
        if (listedOf(problem.code()) < LISTED_OF_A_KIND) {
          listed.add(problem);
        }
      }
      others.counts().forEach((code, count) -> counts.merge(code, count, Long::sum));
    }

    private long listedOf(String code) {
      return listed.stream().filter(problem -> problem.code().equals(code)).count();
    }

    /** What was added so far. */
    public ProblemCounts reported() {
      return new ProblemCounts(listed, counts);
    }
  }
}
