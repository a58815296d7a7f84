package org.consentry.cli;

import java.util.Map;
import org.consentry.export.RunOutcome;
import org.consentry.ledger.RunRecord;
import org.consentry.release.Approvals;

/** Shows how the work on a run ended. */
final class RunOutput {

  private RunOutput() {}

  /** Shows the outcome; gives the exit code of the command. */
  static int show(Console console, RunOutcome outcome) {
    RunRecord record = outcome.record();
    if (record.state() == RunRecord.State.PUBLISHED) {
      return released(console, record);
    }
    if (record.state() == RunRecord.State.UNCHANGED) {
      return unchanged(console, record);
    }
    outcome
        .approvals()
        .ifPresentOrElse(
            approvals -> staged(console, record, approvals),
            () ->
                console.remark("stopped; consentry resume " + record.run() + " takes it up again"));
    return outcome.exitCode();
  }

  /** Shows where the release of a published run is; gives the exit code of the run. */
  static int released(Console console, RunRecord record) {
    console.line("released " + record.release());
    record.counts().forEach((name, count) -> console.line("  " + name + ": " + count));
    console.object(
        Map.of(
            "run", record.run(),
            "release", record.release(),
            "counts", record.counts(),
            "exitCode", record.exitCode()));
    return record.exitCode();
  }

  private static int unchanged(Console console, RunRecord record) {
    console.line("no release: " + record.message());
    console.object(
        Map.of(
            "run", record.run(),
            "unchanged", record.message(),
            "counts", record.counts(),
            "exitCode", record.exitCode()));
    return record.exitCode();
  }

  private static void staged(Console console, RunRecord record, Approvals.Status approvals) {
    console.line("staged " + record.run() + "; " + record.message());
    record.counts().forEach((name, count) -> console.line("  " + name + ": " + count));
    console.line("consentry status " + record.run() + " shows what there is to sign");
    console.object(
        Map.of(
            "run", record.run(),
            "approvals", approvals.given().size(),
            "required", approvals.required(),
            "counts", record.counts(),
            "exitCode", record.exitCode()));
  }
}
