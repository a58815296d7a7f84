package org.consentry.export.decide;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.consentry.connector.BatchReader;
import org.consentry.connector.Split;
import org.consentry.data.BytesColumn;
import org.consentry.data.RowBatch;
import org.consentry.data.SubjectKeys;
import org.consentry.plan.DecidePlan;
import org.consentry.problem.Category;
import org.consentry.problem.CountWords;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;

/**
 * Checks that a timeless table has at most one row for each subject. Its rows need no date inside a
 * consent's window, because a mapping declares that they describe persons; a second row of a person
 * shows that they are events.
 */
final class OneRowPerSubject {

  private static final int SHOWN = 5;

  private final DecidePlan.Timeless table;
  private final SubjectKeys keys;
  private final BitSet seen = new BitSet();
  private final List<Long> lines = new ArrayList<>();
  private long repeated;
  private int[] found = new int[0];
  private int[] scratch = new int[0];

  private OneRowPerSubject(DecidePlan.Timeless table, SubjectKeys keys) {
    this.table = table;
    this.keys = keys;
  }

  /**
   * Reads the table once.
   *
   * @throws ProblemException of {@code FILES_INVALID} when a subject has more than one row, with
   *     the number of such rows and the lines of the first
   */
  public static void check(DecidePlan.Timeless table, SubjectKeys keys, List<Split> splits) {
    OneRowPerSubject check = new OneRowPerSubject(table, keys);
    for (Split split : splits) {
      try (BatchReader reader = table.source().open(split, List.of(table.subject()))) {
        for (Optional<RowBatch> batch = reader.next(); batch.isPresent(); batch = reader.next()) {
          check.add(batch.get());
        }
      }
    }
    check.refuse();
  }

  private void add(RowBatch batch) {
    if (found.length < batch.rows()) {
      found = new int[batch.rows()];
      scratch = new int[batch.rows()];
    }
    keys.findRaw((BytesColumn) batch.columns().get(0), found, scratch);
    for (int row = 0; row < batch.rows(); row++) {
      if (found[row] >= 0 && seen.get(found[row])) {
        repeated++;
        if (lines.size() < SHOWN) {
          lines.add(batch.lines().applyAsLong(row));
        }
      } else if (found[row] >= 0) {
        seen.set(found[row]);
      }
    }
  }

  private void refuse() {
    if (repeated == 0) {
      return;
    }
    List<Problem> problems = new ArrayList<>();
    problems.add(
        Problem.error(
            "TIMELESS_ROWS",
            Place.of(table.source().file()),
            CountWords.of(repeated, "row is", "rows are")
                + " of a subject that has an earlier row, but the mapping declares the table"
                + " timeless, with one row a person",
            "name the table's recordDate instead of timeless, or repair the table"));
    for (long line : lines) {
      problems.add(
          Problem.error(
              "TIMELESS_ROW",
              Place.of(table.source().file(), line),
              "an earlier row is of the same subject",
              ""));
    }
    throw new ProblemException(Category.FILES_INVALID, problems);
  }
}
