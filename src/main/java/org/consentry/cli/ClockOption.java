package org.consentry.cli;

import org.consentry.export.StateSession;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Accepts a clock that is behind the ledger, with a reason that the ledger records. */
final class ClockOption {

  private static final int LONGEST_REASON = 500;

  @Option(
      names = "--accept-clock",
      paramLabel = "REASON",
      description = "Accepts a clock behind the ledger; the ledger records the reason.")
  private @Nullable String reason;

  /**
   * Records the reason, when one is given and the clock is behind.
   *
   * @throws ProblemException category USAGE when the reason is blank or too long
   */
  void accept(StateSession session) {
    if (reason == null) {
      return;
    }
    if (reason.isBlank() || reason.length() > LONGEST_REASON) {
      throw ProblemException.of(
          Category.USAGE,
          "REASON",
          Place.of("--accept-clock"),
          "a reason has 1 to " + LONGEST_REASON + " characters",
          "write why the clock is right and what was wrong before");
    }
    session.acceptClock(reason.strip());
  }
}
