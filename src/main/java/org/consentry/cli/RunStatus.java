package org.consentry.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.consentry.export.ApprovedRelease;
import org.consentry.export.SignersFile;
import org.consentry.keys.SshSignature;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.RunRecord;
import org.consentry.ledger.Staging;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.CountWords;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.release.Approvals;

/** Shows what a run does, did or waits for, and which command comes next. */
final class RunStatus {

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

  private final Console console;
  private final StateFolder state;
  private final Optional<Ledger> ledger;
  private final String home;

  /**
   * Shows runs of a state folder.
   *
   * @param home words of a command line that name the state folder; empty for the usual one
   */
  RunStatus(Console console, StateFolder state, Optional<Ledger> ledger, String home) {
    this.console = console;
    this.state = state;
    this.ledger = ledger;
    this.home = home;
  }

  /** Shows one run. */
  void show(RunRecord record) {
    Moments moments = Moments.of(state, record);
    String now = Runs.state(state, record);
    Optional<ProgressFile.Filed> live =
        now.equals(RunRecord.State.RUNNING.name())
            ? new ProgressFile(state).read(record.run())
            : Optional.empty();
    console.object(object(record, live));
    console.line("run       " + record.run());
    console.line("job       " + record.job() + ", study " + record.study());
    console.line("state     " + now);
    console.line("started   " + moments.words(record.started()));
    console.line("updated   " + moments.words(record.updated()));
    if (!record.release().isEmpty()) {
      console.line("release   " + record.release());
    }
    if (!record.message().isEmpty()) {
      console.line("message   " + record.message());
    }
    if (ledger.filter(known -> isBehind(known, record)).isPresent()) {
      console.remark(
          "the record of run "
              + record.run()
              + " is older than the ledger's newest entry of the run: a crash or a restored copy"
              + " left it so; what is shown may be out of date, the ledger decides");
    }
    new RunOutput(console, state, home).counts(record);
    live.ifPresent(filed -> showLive(filed, moments));
    showNext(record, now, live);
  }

  private Map<String, ?> object(RunRecord record, Optional<ProgressFile.Filed> live) {
    Map<String, Object> fields = new java.util.LinkedHashMap<>(Runs.object(state, record));
    live.ifPresent(filed -> fields.put("progress", filed.view().fields()));
    return fields;
  }

  private void showLive(ProgressFile.Filed filed, Moments moments) {
    console.line("at        " + filed.view().line(Integer.MAX_VALUE));
    console.line("as of     " + moments.words(filed.at()));
  }

  private void showNext(RunRecord record, String now, Optional<ProgressFile.Filed> live) {
    String run = record.run() + home;
    switch (record.state()) {
      case STAGED -> showApprovals(record);
      case RUNNING -> {
        if (now.equals(RunRecord.State.RUNNING.name())) {
          String stop = live.map(filed -> "kill -TERM " + filed.pid()).orElse("Ctrl-C");
          console.line(
              "next      wait; or stop it with " + stop + ", and later consentry resume " + run);
        } else {
          showResume(run);
        }
      }
      case FAILED, STOPPED -> showResume(run);
      case PUBLISHED -> console.line("next      consentry verify " + record.release() + home);
      case ABANDONED, UNCHANGED -> {}
    }
  }

  private void showResume(String run) {
    console.line("next      consentry resume " + run + "   or   consentry abandon " + run);
  }

  private static boolean isBehind(Ledger ledger, RunRecord record) {
    Instant updated = Instant.parse(record.updated());
    return ledger.entries().stream()
        .filter(entry -> entry.run().equals(record.run()) && OF_RECORDS.contains(entry.kind()))
        .anyMatch(entry -> entry.moment().isAfter(updated));
  }

  /** Shows which of some runs wait for approval or publication, a line each. */
  void showStaged(List<RunRecord> records) {
    for (RunRecord record : records) {
      if (record.state() == RunRecord.State.STAGED) {
        long days = days(record);
        console.object(Runs.object(state, record));
        console.line("");
        console.line("staged    " + record.run() + ", " + ago(days) + ": " + record.message());
        pointAtOld(days);
        console.line("next      consentry status " + record.run() + home);
      }
    }
  }

  private void pointAtOld(long days) {
    if (days >= OLD_DAYS) {
      console.line(
          "old       its data was read " + ago(days) + ": publish it, or abandon it and run again");
    }
  }

  private static String ago(long days) {
    return days == 0 ? "today" : CountWords.of(days, "day") + " ago";
  }

  /** Days since a run was staged, 0 when that is not known. */
  private long days(RunRecord record) {
    Instant staged =
        entry(record).map(LedgerEntry::moment).orElseGet(() -> Instant.parse(record.updated()));
    return Math.max(0, Duration.between(staged, Instant.now()).toDays());
  }

  private Optional<LedgerEntry> entry(RunRecord record) {
    try {
      return ledger.map(known -> approvals(known).staged(record.run()));
    } catch (ProblemException notThere) {
      return Optional.empty();
    }
  }

  private Approvals approvals(Ledger known) {
    return new Approvals(known, SignersFile.approvers(state), Instant::now);
  }

  /** Who signed, who may still sign, what an approver reads, what is signed, and how. */
  private void showApprovals(RunRecord record) {
    pointAtOld(days(record));
    Staging staging = Staging.of(Path.of(record.output()), record.run());
    try {
      Optional<LedgerEntry> staged = entry(record);
      if (staged.isPresent()) {
        Approvals approvals = approvals(ledger.orElseThrow());
        Approvals.Status status = approvals.status(staged.get(), ApprovedRelease.manifest(staging));
        showSigners(record, approvals, staged.get(), status);
        if (status.isEnough()) {
          showPublish(record);
          return;
        }
      }
    } catch (ProblemException notAsStaged) {
      notAsStaged.problems().forEach(console::problem);
      showResume(record.run() + home);
      return;
    }
    showHowToSign(record, staging.release());
  }

  private void showSigners(
      RunRecord record, Approvals approvals, LedgerEntry staged, Approvals.Status status) {
    Moments moments = Moments.of(state, record);
    console.line("approved  " + status.given().size() + " of " + status.required());
    status
        .given()
        .forEach(
            one -> console.line("signed    " + one.approver() + ", " + moments.words(one.at())));
    if (!status.isEnough()) {
      List<String> may = approvals.mayStillApprove(staged, status);
      console.line(
          "may sign  "
              + (may.isEmpty()
                  ? "none of the approvers: add one to " + Place.name(state.approvers())
                  : may.stream().collect(Collectors.joining(", "))));
    }
  }

  private void showHowToSign(RunRecord record, Path release) {
    Path manifest = release.resolve("manifest.json");
    String run = record.run();
    console.line("read      " + release.resolve("manifest.html") + "   or");
    console.line("          consentry review " + record.run() + " --to DIR   copies it");
    console.line("sign      " + manifest);
    console.line("          consentry approve " + run + " --key file:KEY" + home + "   or");
    console.line(
        "          ssh-keygen -Y sign -f KEY -n "
            + SshSignature.APPROVAL
            + " < "
            + manifest
            + " > approval.sig");
    console.line("          consentry approve " + run + " --signature approval.sig" + home);
    console.line("next      one more signature   or   consentry abandon " + run + home);
  }

  private void showPublish(RunRecord record) {
    String run = record.run() + home;
    console.line("next      consentry publish " + run + "   or   consentry abandon " + run);
  }
}
