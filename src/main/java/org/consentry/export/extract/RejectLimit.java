package org.consentry.export.extract;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.config.Job.Rejects;
import org.consentry.connector.SourceTable;
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

  /** The code of rows that cannot be used, whichever command meets them. */
  public static final String REJECTED_ROWS = "REJECTED_ROWS";

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
   * @throws ProblemException category FILES_INVALID, with the lines of the first bad rows
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
   * @throws ProblemException category FILES_INVALID, with the lines of the first bad rows
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
      problems.add(cutOff(table.source().file(), linesOf(rows, RejectReason.TRUNCATED)));
    }
    if (tally.rejectedTotal() > share * tally.read() && !isOnlyCutOff(tally)) {
      List<Long> lines = rows.stream().map(Rejection::line).toList();
      problems.add(tooMany(table.source(), tally.rejected(), tally.read(), lines, share));
    }
    return new ProblemException(Category.FILES_INVALID, problems);
  }

  private static boolean isOnlyCutOff(Tally tally) {
    return tally.rejected().getOrDefault(RejectReason.TRUNCATED, 0L) == tally.rejectedTotal();
  }

  private static List<Long> linesOf(List<Rejection> rows, RejectReason reason) {
    return rows.stream().filter(row -> row.reason() == reason).map(Rejection::line).toList();
  }

  /** The error of a table that ends within its last row. */
  public static Problem cutOff(String file, List<Long> lines) {
    return Problem.error(
        "TABLE_CUT_OFF",
        place(file, lines),
        "expected a whole last row but found the end of the file within it",
        "export or copy the table again; rejects: {share: ...} never tolerates this");
  }

  /** The error of a table with more bad rows than tolerated. */
  public static Problem tooMany(
      SourceTable table,
      Map<RejectReason, Long> rejected,
      long read,
      List<Long> lines,
      double share) {
    return Problem.error(
        REJECTED_ROWS,
        place(table.file(), lines),
        bad(rejected, CountWords.of(read, "row") + " read", lines)
            + "; tolerated is a share of "
            + BigDecimal.valueOf(share).stripTrailingZeros().toPlainString(),
        hint(table, rejected, "repair the rows, or raise rejects: {share: ...} in the job"));
  }

  /** What the table looks like where bytes are not in its encoding, or something else to do. */
  public static String hint(SourceTable table, Map<RejectReason, Long> rejected, String otherwise) {
    return Optional.of(table)
        .filter(read -> rejected.containsKey(RejectReason.ENCODING))
        .flatMap(SourceTable::looksLike)
        .map(look -> look + " under source:")
        .orElse(otherwise);
  }

  /**
   * How many rows cannot be used, and why.
   *
   * @param of the rows that were looked at, in words
   */
  public static String bad(Map<RejectReason, Long> rejected, String of, List<Long> lines) {
    long all = rejected.values().stream().mapToLong(Long::longValue).sum();
    return CountWords.of(all)
        + " of "
        + of
        + " cannot be used: "
        + CountWords.of(rejected)
        + (lines.isEmpty() ? "" : " (" + CountWords.lines(lines) + ")");
  }

  private static Place place(String file, List<Long> lines) {
    return lines.isEmpty() ? Place.of(file) : Place.of(file, lines.get(0));
  }
}
