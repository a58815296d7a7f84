package org.consentry.export;

import java.util.Optional;
import org.consentry.ledger.RunRecord;
import org.consentry.release.Approvals;

/**
 * How the work on a run ended, when nothing refused it.
 *
 * @param record the run as it is recorded now
 * @param exitCode exit code of the command
 * @param approvals the approvals of a release that is staged; empty when none is
 */
public record RunOutcome(RunRecord record, int exitCode, Optional<Approvals.Status> approvals) {

  /** Exit code of a release without tolerated bad rows. */
  public static final int RELEASED_WITH_REJECTS = 3;

  /** Exit code of a run whose release waits for approvals. */
  public static final int STAGED = 4;

  /** Exit code of a run that a signal stopped. */
  public static final int STOPPED = 143;

  static RunOutcome of(RunRecord record) {
    return new RunOutcome(record, record.exitCode(), Optional.empty());
  }

  static RunOutcome of(RunRecord record, Approvals.Status approvals) {
    return new RunOutcome(record, record.exitCode(), Optional.of(approvals));
  }

  static int released(long rejected) {
    return rejected > 0 ? RELEASED_WITH_REJECTS : 0;
  }
}
