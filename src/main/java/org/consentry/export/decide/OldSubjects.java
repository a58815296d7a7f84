package org.consentry.export.decide;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.consentry.connector.BatchReader;
import org.consentry.connector.SourceTable;
import org.consentry.connector.Split;
import org.consentry.consent.RecordConsent;
import org.consentry.data.BirthDays;
import org.consentry.data.BirthRange;
import org.consentry.data.BytesColumn;
import org.consentry.data.IsoDates;
import org.consentry.data.RowBatch;
import org.consentry.data.SubjectIndex;
import org.consentry.export.Parallel;
import org.consentry.export.select.KeyHashes;
import org.consentry.export.select.ReleasedRows;
import org.consentry.export.select.RowSelector;
import org.consentry.export.select.TallyCounter;
import org.consentry.operator.EventYear;
import org.consentry.plan.Births;

/**
 * Finds who may have been over 89 at any event of a moved calendar, where no day is that of the
 * release. Of these people no age is released: beside the year of a later event an age of 85 gives
 * one of over 89 (45 CFR 164.514(b)(2)(i)(C)). Only records that consent covers count.
 */
final class OldSubjects {

  private static final int OVER_89 = 90;

  private final SubjectIndex index;
  private final RecordConsent consent;
  private final int[] earliest;

  private OldSubjects(SubjectIndex index, RecordConsent consent) {
    this.index = index;
    this.consent = consent;
    this.earliest = new int[index.size()];
    for (int subject = 0; subject < earliest.length; subject++) {
      BirthRange born = index.births().of(subject);
      earliest[subject] = born.isKnown() ? IsoDates.year(born.first()) : Integer.MAX_VALUE;
    }
  }

  /** The births of all subjects; those of old ones begin at {@link BirthRange#OPEN}. */
  static BirthDays hide(
      Births births,
      SubjectIndex index,
      RecordConsent consent,
      Function<SourceTable, List<Split>> splits,
      Parallel parallel) {
    if (births.dated().isEmpty()) {
      return index.births();
    }
    OldSubjects search = new OldSubjects(index, consent);
    BitSet old = search.dead();
    List<Callable<BitSet>> pieces = new ArrayList<>();
    for (Births.Dated table : births.dated()) {
      splits
          .apply(table.seen().source())
          .forEach(split -> pieces.add(() -> search.in(table, split)));
    }
    parallel.all(pieces).forEach(old::or);
    int[] first = index.births().first().clone();
    old.stream().forEach(subject -> first[subject] = BirthRange.OPEN);
    return new BirthDays(first, index.births().last());
  }

  private BitSet dead() {
    BitSet old = new BitSet();
    for (int subject = 0; subject < earliest.length; subject++) {
      int day = index.deathDays()[subject];
      if (day != SubjectIndex.UNKNOWN_DAY && isOld(subject, IsoDates.year(day))) {
        old.set(subject);
      }
    }
    return old;
  }

  private boolean isOld(int subject, long year) {
    return earliest[subject] != Integer.MAX_VALUE && year - earliest[subject] >= OVER_89;
  }

  private BitSet in(Births.Dated table, Split split) {
    RowSelector selector =
        new RowSelector(
            table.seen(), index, consent, ReleasedRows.NONE, new KeyHashes(OldSubjects::noKey));
    TallyCounter counter = new TallyCounter();
    BitSet old = new BitSet();
    try (BatchReader reader = table.seen().source().open(split, table.seen().sourceColumns())) {
      for (Optional<RowBatch> next = reader.next(); next.isPresent(); next = reader.next()) {
        RowBatch batch = next.get();
        selector.select(batch, counter);
        counter.released(selector.count());
        for (int position = 0; position < selector.count(); position++) {
          int subject = selector.subjects()[position];
          if (!old.get(subject) && isOld(table, batch, selector.rows()[position], subject)) {
            old.set(subject);
          }
        }
      }
    }
    return old;
  }

  /** A value that is no date may be one that an operator reads: it may be late. */
  private boolean isOld(Births.Dated table, RowBatch batch, int row, int subject) {
    for (int column : table.columns()) {
      BytesColumn cells = (BytesColumn) batch.columns().get(column);
      if (!cells.isMissing(row)) {
        long year =
            EventYear.of(
                table.seen().dates(), cells.buffer(), cells.starts()[row], cells.ends()[row]);
        if (year == EventYear.INVALID || isOld(subject, year)) {
          return true;
        }
      }
    }
    return false;
  }

  private static void noKey(byte[] input, int start, int end, byte[] output, int at) {
    throw new IllegalStateException("a table is looked at without its parents");
  }
}
