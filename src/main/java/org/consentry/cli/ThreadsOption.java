package org.consentry.cli;

import java.util.Optional;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import picocli.CommandLine.Option;

/** On how many splits a run works at once. */
final class ThreadsOption {

  private static final int MOST = 64;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Splits to work on at once; default: one for each processor.")
  private Optional<Integer> threads = Optional.empty();

  /**
   * How many.
   *
   * @throws ProblemException category USAGE for a number that is not 1 to 64
   */
  int count() {
    int wanted = threads.orElse(Runtime.getRuntime().availableProcessors());
    if (wanted < 1 || (wanted > MOST && threads.isPresent())) {
      throw ProblemException.of(
          Category.USAGE,
          "THREADS",
          Place.of("--threads"),
          "expected a number from 1 to " + MOST + " but found " + wanted,
          "leave it out for one a processor");
    }
    return Math.min(wanted, MOST);
  }
}
