package org.consentry.problem;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects problems so that people fix ten mistakes in one edit. Not thread-safe; keeps the order
 * in which problems were added.
 */
public final class Problems {

  private final List<Problem> found = new ArrayList<>();

  /** Adds an error. */
  public void error(String code, Place place, String message, String hint) {
    found.add(Problem.error(code, place, message, hint));
  }

  /** Adds a warning. */
  public void warning(String code, Place place, String message, String hint) {
    found.add(Problem.warning(code, place, message, hint));
  }

  /** Adds a problem. */
  public void add(Problem problem) {
    found.add(problem);
  }

  /** Adds everything another collection found. */
  public void addAll(List<Problem> problems) {
    found.addAll(problems);
  }

  /** Returns what was found so far, in order. */
  public List<Problem> list() {
    return List.copyOf(found);
  }

  /** Whether at least one error, not only warnings, was found. */
  public boolean hasErrors() {
    return found.stream().anyMatch(problem -> problem.severity() == Severity.ERROR);
  }

  /**
   * Throws once for everything found.
   *
   * @throws ProblemException with all problems when at least one of them is an error
   */
  public void throwIfAny(Category category) {
    if (hasErrors()) {
      throw new ProblemException(category, list());
    }
  }
}
