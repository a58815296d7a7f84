package org.consentry.followup;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.consentry.export.ApprovedRelease;
import org.consentry.export.AskedFor;
import org.consentry.export.SignersFile;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.ProgressFile;
import org.consentry.ledger.RunRecord;
import org.consentry.ledger.Staging;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.release.Approvals;

/**
 * A run as people look at it: what it does, did or waits for, and what comes next.
 *
 * @param record its record
 * @param state its state; {@code INTERRUPTED} when it was killed
 * @param live how far it is; empty when it is not at work
 * @param staged for what it waits; empty when it is not staged, or is not as it was staged
 * @param problems why it is not as it was staged
 * @param days since it was staged, or since its record was written
 * @param recorded whether its record is as new as the ledger
 */
public record RunView(
    RunRecord record,
    String state,
    Optional<ProgressFile.Filed> live,
    Optional<Staged> staged,
    List<Problem> problems,
    long days,
    Recorded recorded) {

  /** After an entry of these kinds the run's record is written. */
  private static final Set<LedgerEntry.Kind> OF_RECORDS =
      EnumSet.of(
          LedgerEntry.Kind.STAGED,
          LedgerEntry.Kind.APPROVED,
          LedgerEntry.Kind.PUBLISHED,
          LedgerEntry.Kind.UNCHANGED,
          LedgerEntry.Kind.ABANDONED);

  /** A staged release whose data is older than these days is pointed at. */
  private static final long OLD_DAYS = 30;

  /** Whether a run's record is as new as the ledger. */
  public enum Recorded {
    AS_NEW,
    /** A crash or a restored copy left it so; the ledger decides. */
    BEHIND
  }

  /** What the job asks for, in one word; a study where its file is gone. */
  public String asked() {
    return AskedFor.word(Path.of(record.jobFile()));
  }

  /** What a person may do with a run. */
  public enum Act {
    PUBLISH,
    RESUME,
    STOP,
    ABANDON
  }

  /**
   * For what a staged run waits.
   *
   * @param entry of its staging in the ledger
   * @param approvals how many it has and needs
   * @param mayApprove who may still sign
   */
  public record Staged(LedgerEntry entry, Approvals.Status approvals, List<String> mayApprove) {
    public Staged {
      mayApprove = List.copyOf(mayApprove);
    }
  }

  public RunView {
    problems = List.copyOf(problems);
  }

  /**
   * Looks at a run.
   *
   * @param ledger the ledger; empty where no run was made yet
   */
  public static RunView of(
      StateFolder folder, Optional<Ledger> ledger, RunRecord record, Instant now) {
    String state = Runs.state(folder, record);
    Optional<ProgressFile.Filed> live =
        state.equals(RunRecord.State.RUNNING.name())
            ? new ProgressFile(folder).read(record.run())
            : Optional.empty();
    Optional<LedgerEntry> entry = Optional.empty();
    Optional<Staged> staged = Optional.empty();
    List<Problem> problems = List.of();
    if (ledger.isPresent() && record.state() == RunRecord.State.STAGED) {
      try {
        Approvals approvals = new Approvals(ledger.get(), SignersFile.approvers(folder), () -> now);
        entry = stagedEntry(approvals, record.run());
        staged = entry.map(one -> staged(approvals, one, record));
      } catch (ProblemException notAsStaged) {
        problems = notAsStaged.problems();
      }
    }
    return new RunView(
        record,
        state,
        live,
        staged,
        problems,
        days(entry.map(LedgerEntry::moment).orElseGet(() -> Instant.parse(record.updated())), now),
        ledger.filter(known -> isBehind(known, record)).isPresent()
            ? Recorded.BEHIND
            : Recorded.AS_NEW);
  }

  private static Optional<LedgerEntry> stagedEntry(Approvals approvals, String run) {
    try {
      return Optional.of(approvals.staged(run));
    } catch (ProblemException notThere) {
      return Optional.empty();
    }
  }

  private static Staged staged(Approvals approvals, LedgerEntry entry, RunRecord record) {
    Staging staging = Staging.of(Path.of(record.output()), record.run());
    Approvals.Status status = approvals.status(entry, ApprovedRelease.manifest(staging));
    return new Staged(entry, status, approvals.mayStillApprove(entry, status));
  }

  private static long days(Instant since, Instant now) {
    return Math.max(0, Duration.between(since, now).toDays());
  }

  private static boolean isBehind(Ledger ledger, RunRecord record) {
    Instant updated = Instant.parse(record.updated());
    return ledger.entries().stream()
        .filter(entry -> entry.run().equals(record.run()) && OF_RECORDS.contains(entry.kind()))
        .anyMatch(entry -> entry.moment().isAfter(updated));
  }

  /** Whether its data was read long ago. */
  public boolean isOld() {
    return days >= OLD_DAYS;
  }

  /** What a person may do with it, what is done most first. */
  public List<Act> acts() {
    return switch (record.state()) {
      case RUNNING ->
          state.equals(RunRecord.State.RUNNING.name())
              ? List.of(Act.STOP)
              : List.of(Act.RESUME, Act.ABANDON);
      case FAILED, STOPPED -> List.of(Act.RESUME, Act.ABANDON);
      case STAGED ->
          !problems.isEmpty()
              ? List.of(Act.RESUME, Act.ABANDON)
              : staged.filter(one -> one.approvals().isEnough()).isPresent()
                  ? List.of(Act.PUBLISH, Act.ABANDON)
                  : List.of(Act.ABANDON);
      case PUBLISHED, ABANDONED, UNCHANGED -> List.of();
    };
  }

  /** Whether it waits for a signature. */
  public boolean waitsForApproval() {
    return record.state() == RunRecord.State.STAGED && acts().equals(List.of(Act.ABANDON));
  }

  /** What to type to go on. */
  public List<String> next() {
    List<String> next = new ArrayList<>();
    if (waitsForApproval()) {
      next.add("consentry approve " + record.run() + " --signature FILE");
    }
    for (Act act : acts()) {
      if (act != Act.STOP) {
        next.add("consentry " + act.name().toLowerCase(Locale.ROOT) + " " + record.run());
      }
    }
    return next;
  }
}
