package org.consentry.batch;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.consentry.problem.Category;
import org.consentry.problem.DatabaseFailure;
import org.consentry.problem.OutOfMemory;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.problem.Unexpected;
import org.springframework.batch.core.BatchStatus;

/**
 * What leaves the rooms below and enters the framework. Spring Batch writes the message and stack
 * of every exception into its tables and its log, so only exceptions whose message is known to
 * contain no content may pass. Of any other, the type and the place in our code are kept and the
 * message is not. When memory ran out, the process ends here.
 */
final class Boundary {

  private Boundary() {}

  static void run(Runnable work) {
    get(
        () -> {
          work.run();
          return true;
        });
  }

  static <T> T get(Supplier<T> work) {
    return call(work::get);
  }

  /** As {@link #get}, for work that throws checked exceptions too. */
  static <T> T call(Callable<T> work) {
    try {
      return work.call();
    } catch (ProblemException | StoppedException known) {
      throw known;
    } catch (Exception | Error unexpected) {
      throw unexpected(unexpected);
    }
  }

  /** The first failure that is a problem of ours. */
  static Optional<ProblemException> known(List<Throwable> failures) {
    failures.forEach(OutOfMemory::endIfItIs);
    for (Throwable failure : failures) {
      for (Throwable at = failure; at != null; at = at.getCause()) {
        if (at instanceof ProblemException problem) {
          return Optional.of(problem);
        }
      }
    }
    return Optional.empty();
  }

  /** The first failure that is a problem of ours; where there is none, one with the status. */
  static ProblemException failure(BatchStatus status, List<Throwable> failures) {
    return known(failures)
        .orElseGet(
            () ->
                ProblemException.of(
                    category(failures),
                    "BATCH",
                    Place.of("job repository"),
                    "the run ended as " + status + " without a reason of ours",
                    "check the job database and free space, then resume"));
  }

  private static Category category(List<Throwable> failures) {
    return failures.stream().map(DatabaseFailure::category).anyMatch(Category.TEMPORARY::equals)
        ? Category.TEMPORARY
        : Category.RUN_FAILED;
  }

  /** A failure without its message, which may quote a record. */
  static ProblemException unexpected(Throwable failure) {
    OutOfMemory.endIfItIs(failure);
    return Unexpected.of(failure);
  }
}
