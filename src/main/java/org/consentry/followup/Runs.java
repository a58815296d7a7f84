package org.consentry.followup;

import java.util.Optional;
import org.consentry.export.SignersFile;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.RunLock;
import org.consentry.ledger.RunRecord;
import org.consentry.ledger.RunRecords;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.release.LedgerCheck;

/** Run records, as people and programs ask for them. */
public final class Runs {

  private Runs() {}

  /**
   * The ledger, checked beside run records and manifests; empty where no run was made yet. A run
   * may write to the ledger and to its record meanwhile, so a check that fails is made again.
   *
   * @throws ProblemException category VERIFY or KEY when something is lost or was changed
   */
  public static Optional<Ledger> checkedLedger(StateFolder state) {
    if (!Ledger.isThere(state) && new RunRecords(state).all().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(checked(state));
    } catch (ProblemException maybeMeanwhile) {
      return Optional.of(checked(state));
    }
  }

  private static Ledger checked(StateFolder state) {
    Ledger ledger = Ledger.read(state);
    LedgerCheck.require(ledger, state, SignersFile.trusted(state));
    return ledger;
  }

  /** The record of a run. */
  public static RunRecord find(StateFolder state, String run) {
    return new RunRecords(state)
        .find(run)
        .orElseThrow(
            () ->
                ProblemException.of(
                    Category.USAGE,
                    "UNKNOWN_RUN",
                    Place.of(state.runs()),
                    "there is no run of that id",
                    "consentry list shows the runs of this state folder"));
  }

  /** The record of a run that waits for approvals. */
  public static RunRecord findStaged(StateFolder state, String run) {
    RunRecord record = find(state, run);
    if (record.state() != RunRecord.State.STAGED) {
      throw ProblemException.of(
          Category.USAGE,
          "NOT_STAGED",
          Place.of("run " + record.run()),
          "the run is " + state(state, record) + " and not staged",
          "consentry status " + record.run() + " shows its state");
    }
    return record;
  }

  /** A run that is recorded as RUNNING while the lock is free was killed. */
  public static String state(StateFolder state, RunRecord record) {
    boolean killed = record.state() == RunRecord.State.RUNNING && !RunLock.isLocked(state);
    return killed ? "INTERRUPTED" : record.state().name();
  }
}
