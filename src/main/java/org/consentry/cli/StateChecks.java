package org.consentry.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.consentry.export.ClinicZone;
import org.consentry.export.SignersFile;
import org.consentry.followup.Moments;
import org.consentry.ledger.LastBackup;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.RunLock;
import org.consentry.ledger.RunRecord;
import org.consentry.ledger.RunRecords;
import org.consentry.ledger.Staging;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.Category;
import org.consentry.problem.CountWords;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.release.LedgerCheck;

/** Checks of the state folder; makes none and changes none. */
final class StateChecks {

  private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);
  private static final Duration OLD = Duration.ofDays(30);
  private static final Duration RECENT = Duration.ofDays(7);

  private final Checkup checkup;
  private final StateFolder state;
  private final String home;

  /**
   * Checks of one state folder.
   *
   * @param home words of a command line that name it; empty for the usual one
   */
  StateChecks(Checkup checkup, StateFolder state, String home) {
    this.checkup = checkup;
    this.state = state;
    this.home = home;
  }

  /**
   * Runs the checks.
   *
   * @return the ledger, where it can be read
   */
  Optional<Ledger> run(MachineChecks machine, Instant now) {
    if (!Files.exists(state.home())) {
      checkup.passes(
          "state",
          () -> {
            state.requireOwn();
            checkup.warning(
                "state",
                Problem.warning(
                    "NO_STATE",
                    Place.of(state.home()),
                    "there is no state folder",
                    "the first run makes it; name another one by --home or CONSENTRY_HOME"));
          });
      database();
      return Optional.empty();
    }
    if (!checkup.passes("state", this::folder)) {
      return Optional.empty();
    }
    machine.disk("state-disk", state.home());
    Optional<Ledger> ledger = ledger();
    ledger.flatMap(Ledger::latest).ifPresent(latest -> clock(latest, now));
    checkup.check("zone", () -> "days begin in " + ClinicZone.ofInstallation(state));
    signers();
    checkup.passes("runs", () -> runs(now));
    ledger.ifPresent(present -> checkup.passes("backup", () -> backup(present, now)));
    database();
    return ledger;
  }

  private void folder() {
    state.requireOwn();
    checkup.ok("state", Place.name(state.home()) + " belongs to this user and is closed to others");
  }

  private Optional<Ledger> ledger() {
    if (!Ledger.isThere(state) && new RunRecords(state).all().isEmpty()) {
      checkup.ok("ledger", "there is none yet; the first run makes it");
      return Optional.empty();
    }
    Ledger[] found = new Ledger[1];
    boolean isRead =
        checkup.passes(
            "ledger",
            () -> {
              Ledger ledger = Ledger.read(state);
              LedgerCheck.Outcome outcome =
                  LedgerCheck.of(
                      ledger,
                      state,
                      SignersFile.trusted(state),
                      LedgerCheck.Extent.SINCE_SIGNED_HEAD,
                      List.of());
              checkup.problems("ledger", outcome.findings(), Category.VERIFY);
              if (outcome.findings().isEmpty()) {
                checkup.ok(
                    "ledger",
                    CountWords.of(outcome.entries(), "entry is", "entries are") + " in order");
              }
              found[0] = ledger;
            });
    return isRead ? Optional.of(found[0]) : Optional.empty();
  }

  private void clock(Instant latest, Instant now) {
    if (now.isBefore(latest.minus(CLOCK_TOLERANCE))) {
      checkup.error(
          "clock",
          Problem.error(
              "CLOCK",
              Place.of("clock"),
              "the clock reads " + now + ", before the latest entry of the ledger, " + latest,
              "set the machine's clock right; if it is right and was ahead before, add"
                  + " --accept-clock REASON to the next run"),
          Category.TEMPORARY);
    } else {
      checkup.ok("clock", Moments.of(state).words(now) + ", after the latest entry of the ledger");
    }
  }

  private void signers() {
    checkup.check(
        "signers",
        () ->
            SignersFile.trusted(state).isPresent()
                ? "signers are pinned, " + approvers()
                : "no signer is pinned yet, " + approvers());
  }

  private String approvers() {
    int count = SignersFile.approvers(state).entries().size();
    return count == 0 ? "no approver is" : CountWords.of(count, "approver") + " pinned";
  }

  private void runs(Instant now) {
    List<RunRecord> all = new RunRecords(state).all();
    boolean isBusy = RunLock.isLocked(state);
    int open = 0;
    for (RunRecord record : all) {
      open += isOpen(record, isBusy, now) ? 1 : 0;
    }
    Set<Path> outputs =
        all.stream()
            .map(record -> Path.of(record.output()))
            .collect(Collectors.toCollection(TreeSet::new));
    if (!isBusy) {
      outputs.forEach(output -> leftovers(output, all));
    }
    if (open == 0) {
      checkup.ok(
          "runs",
          CountWords.of(all.size(), "run")
              + (isBusy ? ", one is at work" : ", none waits for a person"));
    }
  }

  /** Whether a run waits for a person. */
  private boolean isOpen(RunRecord record, boolean isBusy, Instant now) {
    boolean isOld = Instant.parse(record.updated()).isBefore(now.minus(OLD));
    return switch (record.state()) {
      case PUBLISHED, ABANDONED, UNCHANGED -> false;
      case RUNNING -> !isBusy && waits(record, "was killed");
      case FAILED -> waits(record, "failed");
      case STOPPED -> waits(record, "was stopped");
      case STAGED -> waits(record, isOld ? "is staged for more than 30 days" : "is staged");
    };
  }

  private boolean waits(RunRecord record, String how) {
    checkup.warning(
        "runs",
        Problem.warning(
            "OPEN_RUN",
            Place.of("run " + record.run()),
            "the run " + how + " and has not ended",
            "consentry status " + record.run() + home));
    return true;
  }

  private void backup(Ledger ledger, Instant now) {
    Optional<LastBackup> last = LastBackup.read(state);
    if (last.isEmpty()) {
      checkup.warning(
          "backup",
          Problem.warning(
              "NO_BACKUP",
              Place.of(Place.name(state.home())),
              "no backup of this state folder is recorded",
              "consentry backup --public-key KEY FILE" + home));
      return;
    }
    Instant made = Instant.parse(last.get().made());
    long more = Math.max(0, ledger.entries().size() - last.get().entries());
    String text =
        "the newest backup is of "
            + Moments.of(state).words(made)
            + ", "
            + CountWords.of(Math.max(0, Duration.between(made, now).toDays()), "day")
            + " ago, with "
            + CountWords.of(more, "ledger entry", "ledger entries")
            + " since";
    if (more > 0 && made.isBefore(now.minus(RECENT))) {
      checkup.warning(
          "backup",
          Problem.warning(
              "BACKUP_OLD",
              Place.of(Place.name(Path.of(last.get().file()))),
              text,
              "consentry backup --public-key KEY FILE" + home));
    } else {
      checkup.ok("backup", text);
    }
  }

  private void leftovers(Path output, List<RunRecord> all) {
    Set<String> open =
        all.stream()
            .filter(
                record ->
                    switch (record.state()) {
                      case PUBLISHED, ABANDONED, UNCHANGED -> false;
                      case RUNNING, FAILED, STOPPED, STAGED -> true;
                    })
            .map(RunRecord::run)
            .collect(Collectors.toSet());
    for (Path left : Staging.in(output)) {
      if (!open.contains(String.valueOf(left.getFileName()))) {
        checkup.warning(
            "staging",
            Problem.warning(
                "STAGING_LEFT",
                Place.of(left),
                "it belongs to no run of this state folder that is open, and may have records of"
                    + " patients",
                "if no other state folder writes here, remove it"));
      }
    }
  }

  private void database() {
    checkup.check(
        "database",
        () -> {
          Optional<JobDatabase> set = JobDatabase.of(state);
          set.flatMap(JobDatabase::failure)
              .ifPresent(
                  failure -> {
                    throw failure;
                  });
          return set.isPresent()
              ? "the database that is set for the job repository can be connected to"
              : "the job repository is in the state folder";
        });
  }
}
