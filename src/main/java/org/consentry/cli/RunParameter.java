package org.consentry.cli;

import org.consentry.followup.Runs;
import org.consentry.ledger.RunRecord;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.ProblemException;
import picocli.CommandLine.Parameters;

/** The run that a command works on. */
final class RunParameter {

  @Parameters(paramLabel = "RUN", description = "The run's id, as status shows it.")
  private String id = "";

  /** The id as it was written. */
  String id() {
    return id;
  }

  /**
   * Its record.
   *
   * @throws ProblemException category USAGE when there is none
   */
  RunRecord find(StateFolder state) {
    return Runs.find(state, id);
  }

  /**
   * Its record, while it waits for approvals.
   *
   * @throws ProblemException category USAGE when there is none, or it does not wait
   */
  RunRecord findStaged(StateFolder state) {
    return Runs.findStaged(state, id);
  }
}
