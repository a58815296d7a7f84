package org.consentry.export.select;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import org.consentry.consent.RecordConsent;
import org.consentry.data.BytesColumn;
import org.consentry.data.Exclusion;
import org.consentry.data.IsoDates;
import org.consentry.data.RecordCategory;
import org.consentry.data.RejectReason;
import org.consentry.data.RowBatch;
import org.consentry.data.SubjectIndex;
import org.consentry.plan.ReleasedColumns;
import org.consentry.plan.TableExtract;

/**
 * Chooses the rows of a batch that may leave, and counts every other one under its first reason:
 * unknown subject, the subject's own exclusion, record consent, missing parent, a shifted date near
 * an end of the records. Not thread-safe: one a split.
 *
 * <p>Invariant after {@link #select}: the first {@link #count()} entries of {@link #rows()} are
 * ascending row numbers of the batch, and {@link #subjects()} has their subjects at the same
 * positions, as do {@code firstDays} and {@code lastDays} their dates.
 */
public final class RowSelector {

  private final TableExtract table;
  private final SubjectIndex index;
  private final RecordConsent consent;
  private final ReleasedRows released;
  private final KeyHashes hashes;
  private final List<ReleasedColumns> truncated;
  private final RecordConsent.When when = new RecordConsent.When();
  private int[] rows = new int[0];
  private int[] subjects = new int[0];
  private int[] firstDays = new int[0];
  private int[] lastDays = new int[0];
  private int[] found = new int[0];
  private byte[] own = new byte[0];
  private BytesColumn[] dates = new BytesColumn[0];
  private int count;

  public RowSelector(
      TableExtract table,
      SubjectIndex index,
      RecordConsent consent,
      ReleasedRows released,
      KeyHashes hashes) {
    this.table = table;
    this.index = index;
    this.consent = consent;
    this.released = released;
    this.hashes = hashes;
    this.truncated = truncated();
  }

  /**
   * Columns a date of which may leave its row out. A person's own row stays, with a missing date,
   * and where no shift is known, as in an explanation, none is looked at.
   */
  private List<ReleasedColumns> truncated() {
    if (table.isSubjects() || index.shifts().isEmpty()) {
      return List.of();
    }
    return table.released().stream()
        .filter(output -> output.operator().span().isPresent())
        .toList();
  }

  public int count() {
    return count;
  }

  public int[] rows() {
    return rows;
  }

  public int[] subjects() {
    return subjects;
  }

  /** Adds the subject and the days of every selected row to a log. */
  public void addTo(SpanLog spans) {
    for (int position = 0; position < count; position++) {
      spans.add(subjects[position], firstDays[position], lastDays[position]);
    }
  }

  /** Selects rows of the batch and counts the others. */
  public void select(RowBatch batch, TallyCounter counter) {
    if (rows.length < batch.rows()) {
      rows = new int[batch.rows()];
      subjects = new int[batch.rows()];
      firstDays = new int[batch.rows()];
      lastDays = new int[batch.rows()];
      found = new int[batch.rows()];
      own = new byte[batch.rows()];
    }
    count = 0;
    dates = dates(batch);
    counter.read((long) batch.rows() + batch.rejections().size());
    for (RowBatch.Rejection rejection : batch.rejections()) {
      counter.rejected(rejection.reason());
    }
    BytesColumn ids = (BytesColumn) batch.columns().get(table.subject());
    index.keys().findRaw(ids, found, rows);
    lookUpExclusions(batch.rows());
    for (int row = 0; row < batch.rows(); row++) {
      int reason = reasonOf(batch, row);
      if (reason == 0) {
        boolean dated = !when.unknown() && when.first() <= when.last();
        rows[count] = row;
        firstDays[count] = dated ? (int) when.first() : SpanLog.EVER;
        lastDays[count] = dated ? (int) when.last() : SpanLog.FOREVER;
        subjects[count++] = found[row];
      } else {
        counter.excluded(reason, found[row]);
      }
    }
  }

  /** Drops selected rows an operator rejected, by position, and counts them. */
  public void reject(java.util.BitSet positions, TallyCounter counter) {
    positions.stream()
        .forEach(position -> counter.rejected(RejectReason.INVALID_VALUE, subjects[position]));
    int kept = 0;
    for (int position = 0; position < count; position++) {
      if (!positions.get(position)) {
        rows[kept] = rows[position];
        firstDays[kept] = firstDays[position];
        lastDays[kept] = lastDays[position];
        subjects[kept++] = subjects[position];
      }
    }
    Arrays.fill(rows, kept, count, 0);
    count = kept;
  }

  /** In a loop of its own, so that the memory is asked for many rows at a time. */
  private void lookUpExclusions(int count) {
    byte[] exclusions = index.exclusions();
    byte unknown = Exclusion.UNKNOWN_SUBJECT.code();
    for (int row = 0; row < count; row++) {
      own[row] = found[row] < 0 ? unknown : exclusions[found[row]];
    }
  }

  /** Why a row of the batch selected last is excluded, or 0. */
  public int reasonOf(RowBatch batch, int row) {
    return own[row] == 0 ? reason(batch, row, found[row]) : own[row];
  }

  /** Why the row of a subject who is not excluded is excluded, or 0. */
  private int reason(RowBatch batch, int row, int subject) {
    placeInTime(row);
    int record = consent.record(subject, table.category(), when);
    if (record != 0) {
      return record;
    }
    if (!hasItsParents(batch, row, subject)) {
      return Exclusion.PARENT_EXCLUDED.code();
    }
    for (ReleasedColumns output : truncated) {
      if (isTruncated(output, batch, row, subject)) {
        return Exclusion.SPAN_END.code();
      }
    }
    return 0;
  }

  /** A date that consent to its column does not cover decides nothing. */
  private boolean isTruncated(ReleasedColumns output, RowBatch batch, int row, int subject) {
    BytesColumn dates = (BytesColumn) batch.columns().get(output.sourceColumn());
    if (!output.operator().span().orElseThrow().isPast(dates, row, index, subject)) {
      return false;
    }
    for (RecordCategory category : output.columns().get(0).categories()) {
      if (category != table.category() && consent.record(subject, category, when) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether consent covers a cell of a category of its own in a row selected last. */
  public boolean covers(int position, RecordCategory category) {
    when.reset(table.dating() instanceof TableExtract.Dating.Timeless);
    if (firstDays[position] == SpanLog.EVER) {
      when.addUnknown();
    } else {
      when.add(firstDays[position]);
      when.add(lastDays[position]);
    }
    return consent.record(subjects[position], category, when) == 0;
  }

  private BytesColumn[] dates(RowBatch batch) {
    return table.dating() instanceof TableExtract.Dating.ByDates listed
        ? listed.columns().stream()
            .map(column -> (BytesColumn) batch.columns().get(column))
            .toArray(BytesColumn[]::new)
        : new BytesColumn[0];
  }

  private void placeInTime(int row) {
    when.reset(table.dating() instanceof TableExtract.Dating.Timeless);
    for (BytesColumn column : dates) {
      add(column, row);
    }
    if (table.dating() instanceof TableExtract.Dating.Undated) {
      when.addUnknown();
    }
  }

  private void add(BytesColumn column, int row) {
    long day =
        column.isMissing(row)
            ? IsoDates.INVALID
            : table.dates().day(column.buffer(), column.starts()[row], column.ends()[row]);
    if (day == IsoDates.INVALID) {
      when.addUnknown();
    } else {
      when.add(day);
    }
  }

  private boolean hasItsParents(RowBatch batch, int row, int subject) {
    if (!table.isSubjects() && !released.containsSubject(subject)) {
      return false;
    }
    for (TableExtract.ParentReference parent : table.parents()) {
      if (!hasParent(parent, batch, row)) {
        return false;
      }
    }
    return true;
  }

  private boolean hasParent(TableExtract.ParentReference parent, RowBatch batch, int row) {
    BytesColumn keys = (BytesColumn) batch.columns().get(parent.column());
    return keys.isMissing(row) || isReleased(parent, keys, row);
  }

  /** The tables of which a row names a row or person that is not released. */
  public List<String> unreleasedParents(RowBatch batch, int row) {
    return table.parents().stream()
        .filter(parent -> !hasParent(parent, batch, row))
        .map(TableExtract.ParentReference::table)
        .distinct()
        .toList();
  }

  /**
   * Gives for every selected row the subject's number in the subjects table, or the hash of its key
   * in a table that others refer to; nothing otherwise.
   */
  public void forEachKey(RowBatch batch, LongConsumer releasedKeys) {
    if (table.isSubjects()) {
      for (int position = 0; position < count; position++) {
        releasedKeys.accept(subjects[position]);
      }
    } else if (table.key().isPresent()) {
      BytesColumn keys = (BytesColumn) batch.columns().get(table.key().get());
      for (int position = 0; position < count; position++) {
        int row = rows[position];
        if (!keys.isMissing(row)) {
          releasedKeys.accept(
              hashes.of(table.name(), keys.buffer(), keys.starts()[row], keys.ends()[row]));
        }
      }
    }
  }

  private boolean isReleased(TableExtract.ParentReference parent, BytesColumn keys, int row) {
    int start = keys.starts()[row];
    int end = keys.ends()[row];
    return switch (parent.to()) {
      case ROW ->
          released
              .of(parent.table())
              .contains(hashes.of(parent.table(), keys.buffer(), start, end));
      case PERSON -> isReleased(index.keys().findRaw(keys.buffer(), start, end));
    };
  }

  /** A person whose own row is not released, or who is out, is named nowhere. */
  private boolean isReleased(int person) {
    return person >= 0
        && index.exclusions()[person] == 0
        && released.subjects().isPresent()
        && released.containsSubject(person);
  }
}
