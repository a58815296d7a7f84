package org.consentry.export.extract;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.consentry.data.RejectReason;
import org.consentry.data.RowBatch.Rejection;
import org.consentry.data.Tally;
import org.consentry.export.seal.TableOutcome;
import org.consentry.plan.TableExtract;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;

/**
 * Bad rows are tolerated in event tables up to a share of the rows read; in the subjects table
 * never, and never a last row that was cut off: how many rows followed it is not known.
 */
public final class RejectFiles {

  private RejectFiles() {}

  /** Refuses the run when any table has more bad rows than the job tolerates. */
  public static void check(
      List<TableExtract> tables, Map<String, TableOutcome> outcomes, double share) {
    for (TableExtract table : tables) {
      TableOutcome outcome = outcomes.get(table.name());
      if (outcome == null) {
        throw new IllegalStateException("no outcome for " + table.name());
      }
      double tolerated = table.isSubjects() ? 0 : share;
      if (isTooMany(outcome.tally(), tolerated)) {
        throw refused(table, outcome.splits(), tolerated);
      }
    }
  }

  /**
   * The same for a table that was read to find the cohort: a bad row may be the one that brings
   * somebody in.
   */
  public static void check(TableExtract table, Tally tally, List<Rejection> first, double share) {
    double tolerated = table.isSubjects() ? 0 : share;
    if (isTooMany(tally, tolerated)) {
      throw refused(table, tally, first, tolerated);
    }
  }

  private static boolean isTooMany(Tally tally, double tolerated) {
    return isCutOff(tally) || tally.rejectedTotal() > tolerated * tally.read();
  }

  private static boolean isCutOff(Tally tally) {
    return tally.rejected().getOrDefault(RejectReason.TRUNCATED, 0L) > 0;
  }

  /** The refusal: how many rows of how many, why, and where the first of them stand. */
  public static ProblemException refused(
      TableExtract table, List<SplitResult> splits, double share) {
    return refused(
        table,
        splits.stream().map(SplitResult::tally).reduce(Tally.NONE, Tally::plus),
        splits.stream().flatMap(split -> split.rejections().stream()).toList(),
        share);
  }

  private static ProblemException refused(
      TableExtract table, Tally tally, List<Rejection> first, double share) {
    List<Problem> problems = new ArrayList<>();
    if (isCutOff(tally)) {
      problems.add(
          Problem.error(
              "TABLE_CUT_OFF",
              Place.of(table.source().file()),
              "expected a whole last row but found the end of the file within it",
              "export or copy the table again; rejects: {share: ...} never tolerates this"));
    }
    problems.add(
        Problem.error(
            "REJECTED_ROWS",
            Place.of(table.source().file()),
            tally.rejectedTotal()
                + " of "
                + tally.read()
                + " rows read cannot be used "
                + tally.rejected()
                + ", tolerated is a share of "
                + BigDecimal.valueOf(share).toPlainString(),
            "repair the rows, or raise rejects: {share: ...} in the job"));
    for (Rejection row : first) {
      problems.add(
          Problem.error(
              "REJECTED_ROW",
              Place.of(table.source().file(), row.line()),
              "this row cannot be used: " + row.reason(),
              ""));
    }
    return new ProblemException(Category.RUN_FAILED, problems);
  }
}
