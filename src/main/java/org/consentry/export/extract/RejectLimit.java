package org.consentry.export.extract;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.consentry.config.Job.Rejects;
import org.consentry.data.RejectReason;
import org.consentry.data.RowBatch.Rejection;
import org.consentry.data.Tally;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.TableExtract;
import org.consentry.problem.Category;
import org.consentry.problem.CountWords;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;

/**
 * How many bad rows a job tolerates: in event tables up to a share of the rows read, in the
 * subjects table none. A last row that is cut off is never tolerated, because the number of rows
 * behind it is not known.
 */
public final class RejectLimit {

  private static final int SHOWN = 5;

  private final double share;

  /** The limit of a job. */
  public RejectLimit(ExportPlan plan) {
    this(plan.job().rejects().orElse(Rejects.NONE).share());
  }

  RejectLimit(double share) {
    this.share = share;
  }

  /**
   * Refuses the run when a table has more bad rows than the job tolerates.
   *
   * @param tally what became of all rows of the table
   * @param first the bad rows, or the first of them
   * @throws ProblemException category RUN_FAILED, with the lines of the first bad rows
   */
  public void requireFew(TableExtract table, Tally tally, List<Rejection> first) {
    double tolerated = table.isSubjects() ? 0 : share;
    if (isCutOff(tally) || tally.rejectedTotal() > tolerated * tally.read()) {
      throw refused(table, tally, first, tolerated);
    }
  }

  /**
   * Refuses the run as soon as one split has a bad row, when the job tolerates none.
   *
   * @throws ProblemException category RUN_FAILED, with the lines of the first bad rows
   */
  public void requireNoneOf(TableExtract table, Tally tally, List<Rejection> first) {
    if (share == 0 && tally.rejectedTotal() > 0) {
      throw refused(table, tally, first, share);
    }
  }

  private static boolean isCutOff(Tally tally) {
    return tally.rejected().getOrDefault(RejectReason.TRUNCATED, 0L) > 0;
  }

  private static ProblemException refused(
      TableExtract table, Tally tally, List<Rejection> rows, double share) {
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
            CountWords.of(tally.rejectedTotal())
                + " of "
                + CountWords.of(tally.read())
                + " rows read cannot be used ("
                + CountWords.of(tally.rejected())
                + "), tolerated is a share of "
                + BigDecimal.valueOf(share).toPlainString(),
            "repair the rows, or raise rejects: {share: ...} in the job"));
    for (Rejection row : rows.subList(0, Math.min(SHOWN, rows.size()))) {
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
