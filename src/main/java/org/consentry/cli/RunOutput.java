package org.consentry.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.consentry.export.RunOutcome;
import org.consentry.ledger.RunRecord;
import org.consentry.ledger.StateFolder;
import org.consentry.release.Approvals;

/** Shows how the work on a run ended. */
final class RunOutput {

  private static final int SHOWN = 5;
  private static final String RESULT = "runResult";

  private final Console console;
  private final StateFolder state;
  private final String home;

  /**
   * Shows results.
   *
   * @param home words of a command line that name the state folder; empty for the usual one
   */
  RunOutput(Console console, StateFolder state, String home) {
    this.console = console;
    this.state = state;
    this.home = home;
  }

  /** Shows the outcome; gives the exit code of the command. */
  int show(RunOutcome outcome) {
    RunRecord record = outcome.record();
    if (record.state() == RunRecord.State.PUBLISHED) {
      return released(record);
    }
    if (record.state() == RunRecord.State.UNCHANGED) {
      return unchanged(record);
    }
    outcome
        .approvals()
        .ifPresentOrElse(approvals -> staged(record, approvals), () -> stopped(record, outcome));
    return outcome.exitCode();
  }

  /** Shows where the release of a published run is; gives the exit code of the run. */
  int released(RunRecord record) {
    console.report("released " + record.release());
    counts(record);
    Map<String, Object> fields = fields(record, record.exitCode());
    fields.put("releaseFolder", record.release());
    console.result(RESULT, fields);
    return record.exitCode();
  }

  private int unchanged(RunRecord record) {
    console.report("no release: " + record.message());
    Map<String, Object> fields = fields(record, record.exitCode());
    fields.put("message", record.message());
    console.result(RESULT, fields);
    return record.exitCode();
  }

  private void stopped(RunRecord record, RunOutcome outcome) {
    console.remark("stopped; consentry resume " + record.run() + home + " continues it");
    console.result(RESULT, fields(record, outcome.exitCode()));
  }

  private void staged(RunRecord record, Approvals.Status approvals) {
    console.report("staged " + record.run() + "; " + record.message());
    counts(record);
    console.line("consentry status " + record.run() + home + " shows what there is to sign");
    Map<String, Object> fields = fields(record, record.exitCode());
    fields.put("approvals", approvals.given().size());
    fields.put("required", approvals.required());
    console.result(RESULT, fields);
  }

  private static Map<String, Object> fields(RunRecord record, int exitCode) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("run", record.run());
    fields.put("state", record.state().name());
    fields.put("tables", new ResultTable(record.counts()).objects());
    fields.put("exitCode", exitCode);
    return fields;
  }

  /** The table of what became of people and rows, and which rows could not be used. */
  void counts(RunRecord record) {
    ResultTable table = new ResultTable(record.counts());
    table.lines().forEach(console::report);
    if (!table.rejected().isEmpty()) {
      console.report("rows that cannot be used");
      table.rejected().forEach(line -> console.report("  " + line));
      places(state.rejected(record.run()));
    }
  }

  /** The first rows of the list and where all are. */
  private void places(Path list) {
    if (!Files.isRegularFile(list, LinkOption.NOFOLLOW_LINKS)) {
      console.report("  the list of them is not in the state folder any more");
      return;
    }
    try (BufferedReader rows = Files.newBufferedReader(list, StandardCharsets.UTF_8)) {
      List<String> first = rows.lines().skip(1).limit(SHOWN).toList();
      first.forEach(row -> console.report("  " + place(row)));
      console.report("  all of them: " + list);
    } catch (IOException | java.io.UncheckedIOException unreadable) {
      console.report("  the list of them cannot be read: " + list);
    }
  }

  /** {@code "file",line,reason} as {@code file:line: reason}. */
  private static String place(String row) {
    int reason = row.lastIndexOf(',');
    int line = row.lastIndexOf(',', Math.max(0, reason - 1));
    if (line < 2) {
      return row;
    }
    String file = row.substring(1, line - 1).replace("\"\"", "\"");
    return file + ":" + row.substring(line + 1, reason) + ": " + row.substring(reason + 1);
  }
}
