package org.consentry.export;

import java.nio.file.Path;
import java.util.Optional;
import org.consentry.keys.OneTimeKey;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.RunRecord;
import org.consentry.ledger.RunRecords;
import org.consentry.ledger.Staging;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;

/** Brings ledger, folders and run records into agreement after a crash. */
final class CrashRecovery {

  private final StateSession session;
  private final RunRecords records;

  CrashRecovery(StateSession session) {
    this.session = session;
    this.records = session.records();
  }

  void recover() {
    session.publisher().reconcile();
    records.removeUnfinished();
    for (RunRecord record : records.all()) {
      switch (record.state()) {
        case RUNNING, FAILED, STOPPED, STAGED -> recover(record);
        case PUBLISHED, UNCHANGED -> removeRest(record);
        case ABANDONED -> {}
      }
    }
  }

  /**
   * A run may have been published, abandoned or ended without a release before its record was
   * written.
   */
  private void recover(RunRecord record) {
    Optional<LedgerEntry> release = session.publisher().publication(record.run());
    if (release.isPresent()) {
      removeStaging(record);
      records.write(
          record.published(
              session.now(),
              release.get().fact(LedgerFact.TARGET).orElse(""),
              released(release.get())));
      return;
    }
    Optional<LedgerEntry> unchanged = entry(LedgerEntry.Kind.UNCHANGED, record.run());
    if (unchanged.isPresent()) {
      removeStaging(record);
      records.write(
          record.unchanged(
              session.now(),
              unchanged.get().fact(LedgerFact.RELEASE).orElse(""),
              released(unchanged.get())));
    } else if (entry(LedgerEntry.Kind.ABANDONED, record.run()).isPresent()) {
      removeStaging(record);
      records.write(record.with(RunRecord.State.ABANDONED, session.now(), "abandoned", 0));
    } else if (record.state() == RunRecord.State.RUNNING) {
      records.write(
          record.with(
              RunRecord.State.FAILED,
              session.now(),
              "the process ended before the run did",
              Category.TEMPORARY.exitCode()));
    }
  }

  /** The exit code of a run that ended so. */
  private static int released(LedgerEntry end) {
    return RunOutcome.released(end.fact(LedgerFact.REJECTED).map(Long::parseLong).orElse(0L));
  }

  private Optional<LedgerEntry> entry(LedgerEntry.Kind kind, String run) {
    return session.ledger().entries(kind).stream()
        .filter(entry -> entry.run().equals(run))
        .findFirst();
  }

  /** What a published run left in staging must not prevent another run. */
  private void removeRest(RunRecord record) {
    try {
      if (Staging.of(Path.of(record.output()), record.run()).exists()) {
        removeStaging(record);
      }
    } catch (ProblemException notRemoved) {
      notRemoved.problems().forEach(problem -> session.remark(problem.toString()));
    }
  }

  /** Destroys the one-time key of a run and removes its staging. */
  static void removeStaging(RunRecord record) {
    Staging staging = Staging.of(Path.of(record.output()), record.run());
    OneTimeKey.destroy(RunKeys.oneTimeFile(staging));
    staging.discard();
  }
}
