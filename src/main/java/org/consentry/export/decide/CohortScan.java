package org.consentry.export.decide;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.consentry.connector.BatchReader;
import org.consentry.connector.Split;
import org.consentry.consent.RecordConsent;
import org.consentry.data.Blanks;
import org.consentry.data.BytesColumn;
import org.consentry.data.IsoDates;
import org.consentry.data.RowBatch;
import org.consentry.data.RowBatch.Rejection;
import org.consentry.data.SubjectIndex;
import org.consentry.data.Tally;
import org.consentry.export.Parallel;
import org.consentry.export.select.KeyHashes;
import org.consentry.export.select.ReleasedRows;
import org.consentry.export.select.RowSelector;
import org.consentry.export.select.TallyCounter;
import org.consentry.plan.CohortCondition;
import org.consentry.plan.TableExtract;

/**
 * Finds the subjects one condition of a cohort brings in. Only records that consent lets out count:
 * to select a person by a record that must not be known would disclose it.
 */
final class CohortScan {

  private static final int SHOWN = 5;

  private final CohortCondition condition;
  private final SubjectIndex index;
  private final RecordConsent consent;
  private final List<List<byte[]>> accepted;

  public CohortScan(CohortCondition condition, SubjectIndex index, RecordConsent consent) {
    this.condition = condition;
    this.index = index;
    this.consent = consent;
    this.accepted =
        condition.where().stream()
            .map(
                where ->
                    where.values().stream()
                        .map(value -> value.getBytes(StandardCharsets.UTF_8))
                        .toList())
            .toList();
  }

  /** What was found in one split. */
  private record Found(BitSet subjects, Tally tally, List<Rejection> rejected) {}

  /**
   * The subjects with at least one record that satisfies the condition.
   *
   * @param rows receives what was read
   */
  public BitSet scan(List<Split> splits, Parallel parallel, CohortRows rows) {
    List<Callable<Found>> pieces =
        splits.stream().<Callable<Found>>map(split -> () -> scan(split)).toList();
    List<Found> all = parallel.all(pieces);
    BitSet found = new BitSet();
    all.forEach(one -> found.or(one.subjects()));
    rows.read(
        condition.table(),
        all.stream().map(Found::tally).reduce(Tally.NONE, Tally::plus),
        all.stream().flatMap(one -> one.rejected().stream()).limit(SHOWN).toList());
    return found;
  }

  private Found scan(Split split) {
    TableExtract table = condition.table();
    RowSelector selector =
        new RowSelector(table, index, consent, ReleasedRows.NONE, new KeyHashes(CohortScan::noKey));
    TallyCounter counter = new TallyCounter();
    List<Rejection> rejected = new ArrayList<>();
    BitSet found = new BitSet();
    try (BatchReader reader = table.source().open(split, table.sourceColumns())) {
      for (Optional<RowBatch> batch = reader.next(); batch.isPresent(); batch = reader.next()) {
        selector.select(batch.get(), counter);
        counter.released(selector.count());
        batch.get().rejections().stream()
            .limit(SHOWN - Math.min(SHOWN, rejected.size()))
            .forEach(rejected::add);
        for (int position = 0; position < selector.count(); position++) {
          if (satisfies(batch.get(), selector.rows()[position]) && isCovered(selector, position)) {
            found.set(selector.subjects()[position]);
          }
        }
      }
    }
    return new Found(found, counter.tally(), rejected);
  }

  private boolean isCovered(RowSelector selector, int position) {
    return condition.categories().stream()
        .allMatch(category -> selector.covers(position, category));
  }

  private static void noKey(byte[] input, int start, int end, byte[] output, int at) {
    throw new IllegalStateException("a cohort table is looked at without its parents");
  }

  private boolean satisfies(RowBatch batch, int row) {
    for (int i = 0; i < accepted.size(); i++) {
      BytesColumn column = (BytesColumn) batch.columns().get(condition.where().get(i).column());
      if (column.isMissing(row) || !accepts(accepted.get(i), column, row)) {
        return false;
      }
    }
    return condition.date().isEmpty() || isInside(batch, row, condition.date().get());
  }

  private static boolean accepts(List<byte[]> values, BytesColumn column, int row) {
    byte[] cell = column.buffer();
    int start = Blanks.start(cell, column.starts()[row], column.ends()[row]);
    int end = Blanks.end(cell, start, column.ends()[row]);
    for (byte[] value : values) {
      if (Arrays.equals(value, 0, value.length, cell, start, end)) {
        return true;
      }
    }
    return false;
  }

  private boolean isInside(RowBatch batch, int row, int position) {
    BytesColumn column = (BytesColumn) batch.columns().get(position);
    if (column.isMissing(row)) {
      return false;
    }
    long day =
        condition.table().dates().day(column.buffer(), column.starts()[row], column.ends()[row]);
    return day != IsoDates.INVALID
        && day >= condition.from().orElse(Integer.MIN_VALUE)
        && day <= condition.to().orElse(Integer.MAX_VALUE);
  }
}
