package org.consentry.export.decide;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.consentry.connector.BatchReader;
import org.consentry.connector.SourceTable;
import org.consentry.connector.Split;
import org.consentry.data.BytesColumn;
import org.consentry.data.RowBatch;
import org.consentry.export.Parallel;
import org.consentry.operator.TruncatedSpan;
import org.consentry.plan.ReleasedColumns;
import org.consentry.plan.TableExtract;
import org.consentry.problem.Category;
import org.consentry.problem.Problems;

/**
 * Checks that the declared span of a column whose shifted dates are truncated is no wider than its
 * records: a date is in the first week of the span and one in the last. With a wider span the true
 * ends of the records would narrow a person's shift. Every row counts, released or not, because the
 * ends of a clinic's records are known to others, consent or not.
 */
public final class SpanCheck {

  private final Function<SourceTable, List<Split>> splits;
  private final Parallel parallel;

  public SpanCheck(Function<SourceTable, List<Split>> splits, Parallel parallel) {
    this.splits = splits;
    this.parallel = parallel;
  }

  public void check(List<TableExtract> tables) {
    Problems problems = new Problems();
    for (TableExtract table : tables) {
      for (ReleasedColumns output : table.released()) {
        output.operator().span().ifPresent(span -> check(table, output, span, problems));
      }
    }
    problems.throwIfAny(Category.FILES_INVALID);
  }

  private void check(
      TableExtract table, ReleasedColumns output, TruncatedSpan span, Problems problems) {
    Ends ends = new Ends(span);
    int column = table.sourceColumns().get(output.sourceColumn());
    List<Callable<Boolean>> pieces = new ArrayList<>();
    for (Split split : splits.apply(table.source())) {
      pieces.add(() -> ends.lookIn(table.source(), split, column));
    }
    parallel.all(pieces);
    if (!ends.first) {
      wider("first", "from", table, output, span, problems);
    }
    if (!ends.last) {
      wider("last", "to", table, output, span, problems);
    }
  }

  private static void wider(
      String end,
      String word,
      TableExtract table,
      ReleasedColumns output,
      TruncatedSpan span,
      Problems problems) {
    problems.error(
        "SPAN_WIDER_THAN_RECORDS",
        span.place(),
        "no row of table '"
            + table.name()
            + "' has a date in the "
            + end
            + " week of the span declared for column '"
            + output.inputNames().get(0)
            + "'; with a span that is wider than the records, shifted dates narrow a person's shift",
        "set "
            + word
            + " to the "
            + end
            + " day of the records of this column, or to another day near which there are dates");
  }

  /** Which ends of a span were found; read until both are. Safe for any number of threads. */
  private static final class Ends {
    private final TruncatedSpan span;
    private volatile boolean first;
    private volatile boolean last;

    Ends(TruncatedSpan span) {
      this.span = span;
    }

    boolean lookIn(SourceTable table, Split split, int column) {
      if (first && last) {
        return true;
      }
      try (BatchReader reader = table.open(split, List.of(column))) {
        Optional<RowBatch> batch = reader.next();
        while (batch.isPresent() && !(first && last)) {
          look(batch.get());
          batch = reader.next();
        }
      }
      return first && last;
    }

    private void look(RowBatch batch) {
      BytesColumn dates = (BytesColumn) batch.columns().get(0);
      boolean begins = false;
      boolean finishes = false;
      for (int row = 0; row < batch.rows(); row++) {
        begins |= span.isInFirstWeek(dates, row);
        finishes |= span.isInLastWeek(dates, row);
      }
      first |= begins;
      last |= finishes;
    }
  }
}
