package org.consentry.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.followup.Moments;
import org.consentry.followup.RunView;
import org.consentry.keys.SshSignature;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.ProgressFile;
import org.consentry.ledger.RunRecord;
import org.consentry.ledger.Staging;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.CountWords;
import org.consentry.problem.Place;
import org.consentry.release.Approvals;

/** Shows what a run does, did or waits for, and which command comes next. */
final class RunStatus {

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

  private RunView view(RunRecord record) {
    return RunView.of(state, ledger, record, Instant.now());
  }

  /** Shows one run. */
  void show(RunRecord record) {
    RunView view = view(record);
    Moments moments = Moments.of(state, record);
    console.result("runRecord", object(view));
    console.line("run       " + record.run());
    console.line("job       " + record.job() + ", " + view.asked() + " " + record.study());
    console.line("state     " + view.state());
    console.line("started   " + moments.words(record.started()));
    console.line("updated   " + moments.words(record.updated()));
    if (!record.release().isEmpty()) {
      console.line("release   " + record.release());
    }
    if (!record.message().isEmpty()) {
      console.line("message   " + record.message());
    }
    if (view.recorded() == RunView.Recorded.BEHIND) {
      console.remark(
          "the record of run "
              + record.run()
              + " is older than the ledger's newest entry of the run: a crash or a restored copy"
              + " left it so; what is shown may be out of date, the ledger decides");
    }
    new RunOutput(console, state, home).counts(record);
    view.live().ifPresent(filed -> showLive(filed, moments));
    showNext(view);
  }

  private Map<String, ?> object(RunView view) {
    Map<String, Object> fields = new java.util.LinkedHashMap<>(RunFields.of(state, view.record()));
    view.live().ifPresent(filed -> fields.put("progress", filed.progress().fields()));
    return fields;
  }

  private void showLive(ProgressFile.Filed filed, Moments moments) {
    console.line("at        " + filed.progress().line(Integer.MAX_VALUE));
    console.line("as of     " + moments.words(filed.at()));
  }

  private void showNext(RunView view) {
    RunRecord record = view.record();
    String run = record.run() + home;
    switch (record.state()) {
      case STAGED -> showApprovals(view);
      case RUNNING -> {
        if (view.acts().contains(RunView.Act.STOP)) {
          String stop = view.live().map(filed -> "kill -TERM " + filed.pid()).orElse("Ctrl-C");
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

  /** Shows which of some runs wait for approval or publication, a line each. */
  void showStaged(List<RunRecord> records) {
    for (RunRecord record : records) {
      if (record.state() == RunRecord.State.STAGED) {
        RunView view = view(record);
        console.result("runRecord", RunFields.of(state, record));
        console.line("");
        console.line("staged    " + record.run() + ", " + ago(view) + ": " + record.message());
        pointAtOld(view);
        console.line("next      consentry status " + record.run() + home);
      }
    }
  }

  private void pointAtOld(RunView view) {
    if (view.isOld()) {
      console.line(
          "old       its data was read " + ago(view) + ": publish it, or abandon it and run again");
    }
  }

  private static String ago(RunView view) {
    return view.days() == 0 ? "today" : CountWords.of(view.days(), "day") + " ago";
  }

  /** Who signed, who may still sign, what an approver reads, what is signed, and how. */
  private void showApprovals(RunView view) {
    pointAtOld(view);
    RunRecord record = view.record();
    if (!view.problems().isEmpty()) {
      view.problems().forEach(console::problem);
      showResume(record.run() + home);
      return;
    }
    view.staged().ifPresent(staged -> showSigners(record, staged));
    if (view.acts().contains(RunView.Act.PUBLISH)) {
      showPublish(record);
    } else {
      showHowToSign(record, Staging.of(Path.of(record.output()), record.run()).release());
    }
  }

  private void showSigners(RunRecord record, RunView.Staged staged) {
    Moments moments = Moments.of(state, record);
    Approvals.Status status = staged.approvals();
    console.line("approved  " + status.given().size() + " of " + status.required());
    status
        .given()
        .forEach(
            one -> console.line("signed    " + one.approver() + ", " + moments.words(one.at())));
    if (!status.isEnough()) {
      console.line(
          "may sign  "
              + (staged.mayApprove().isEmpty()
                  ? "none of the approvers: add one to " + Place.name(state.approvers())
                  : String.join(", ", staged.mayApprove())));
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
