package org.consentry.export;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.consentry.data.DurableFiles;
import org.consentry.export.extract.SplitResult;
import org.consentry.export.seal.TableOutcome;
import org.consentry.ledger.StateFolder;
import org.consentry.plan.TableExtract;
import org.consentry.problem.DiskFailure;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/**
 * The list of the rows that a run could not use, for the clinic alone: a CSV file of file, line and
 * reason in the state folder. It has no value. Of a split with more than ten thousand such rows it
 * has the first ten thousand.
 */
final class RejectedRows {

  private RejectedRows() {}

  /** Writes the list of a run durably; no file when every row could be used. */
  static void write(StateFolder state, String run, StagedTables staged) {
    if (staged.rejected() == 0) {
      return;
    }
    String rows =
        staged.tables().values().stream().map(RejectedRows::rows).collect(Collectors.joining());
    try {
      DurableFiles.createClosedFolder(state.rejected());
      DurableFiles.replace(state.rejected(run), "file,line,reason\n" + rows);
    } catch (IOException refused) {
      throw ProblemException.of(
          DiskFailure.category(refused),
          "REJECTED_LIST",
          Place.of(state.rejected(run)),
          "the list of rows that cannot be used cannot be written",
          "check free space and permissions of the state folder, then resume the run");
    }
  }

  private static String rows(TableOutcome table) {
    return table.table() instanceof TableExtract read
        ? rows(read.source().file(), table.splits())
        : "";
  }

  private static String rows(String name, List<SplitResult> splits) {
    String file = "\"" + name.replace("\"", "\"\"") + "\"";
    return splits.stream()
        .map(SplitResult::rejections)
        .flatMap(rejections -> rejections.stream())
        .map(row -> file + "," + row.line() + "," + row.reason() + "\n")
        .collect(Collectors.joining());
  }
}
