package org.consentry.service;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.consentry.problem.OutOfMemory;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;

/**
 * Looks again and again, whatever goes wrong. What goes wrong is reported once, until a look
 * succeeds. Not thread-safe.
 */
final class Look {

  private final String what;
  private final Runnable work;
  private final Consumer<Problem> problems;
  private Set<Problem> known = Set.of();

  /**
   * A look.
   *
   * @param what it does, as the object of "cannot"
   */
  Look(String what, Runnable work, Consumer<Problem> problems) {
    this.what = what;
    this.work = work;
    this.problems = problems;
  }

  /** Looks once. */
  void now() {
    try {
      work.run();
      known = Set.of();
    } catch (ProblemException failed) {
      report(failed.problems());
    } catch (RuntimeException failed) {
      OutOfMemory.endIfItIs(failed);
      report(
          List.of(
              Problem.error(
                  "SERVICE_LOOK",
                  Place.of("service"),
                  "the service cannot "
                      + what
                      + ": an unexpected "
                      + failed.getClass().getSimpleName(),
                  "it is tried again")));
    }
  }

  private void report(List<Problem> failed) {
    failed.stream().filter(problem -> !known.contains(problem)).forEach(problems);
    known = new HashSet<>(failed);
  }
}
