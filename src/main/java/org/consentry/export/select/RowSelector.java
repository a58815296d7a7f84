package org.consentry.export.select;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.LongConsumer;
import org.consentry.consent.RecordConsent;
import org.consentry.data.Blanks;
import org.consentry.data.BytesColumn;
import org.consentry.data.CellFormat;
import org.consentry.data.Exclusion;
import org.consentry.data.IsoDates;
import org.consentry.data.RecordCategory;
import org.consentry.data.RejectReason;
import org.consentry.data.RowBatch;
import org.consentry.data.SubjectIndex;
import org.consentry.data.Tally;
import org.consentry.export.decide.AskedRecords;
import org.consentry.operator.TruncatedSpan;
import org.consentry.plan.ReleasedColumns;
import org.consentry.plan.TableExtract;

/**
 * Chooses the rows of a batch that may leave, and counts every other one under its first reason:
 * unknown subject, the subject's own exclusion, record consent, missing parent, a shifted date near
 * an end of the records, what an operator leaves out. Not thread-safe: one a split.
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
  private final RowTests tests;
  private final RecordConsent.When when = new RecordConsent.When();
  private int[] rows = new int[0];
  private int[] subjects = new int[0];
  private int[] firstDays = new int[0];
  private int[] lastDays = new int[0];
  private int[] found = new int[0];

  /** Why each row of the batch is excluded, or 0. */
  private byte[] reasons = new byte[0];

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
    this.tests = new RowTests(table);
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

  /** The subject of each row of the batch selected last, -1 where there is none. */
  public int[] found() {
    return found;
  }

  /** Logs subject and days of every selected row, and the lines of a request that ask for it. */
  public void addTo(SpanLog spans, BitSet lines) {
    for (int position = 0; position < count; position++) {
      spans.add(subjects[position], firstDays[position], lastDays[position]);
      if (consent instanceof AskedRecords asked) {
        asked.addLines(subjects[position], table.category(), days(position), lines);
      }
    }
  }

  /**
   * Selects rows of the batch and counts the others.
   *
   * <p>Every check is a loop of its own over the rows that passed those before, and so is every
   * look at an array by subject, because the memory is then asked for many rows at a time.
   */
  public void select(RowBatch batch, TallyCounter counter) {
    ensureRoom(batch.rows());
    counter.read((long) batch.rows() + batch.rejections().size());
    for (RowBatch.Rejection rejection : batch.rejections()) {
      counter.rejected(rejection.reason());
    }
    BytesColumn ids = (BytesColumn) batch.columns().get(table.subject());
    index.keys().findRaw(ids, found, rows);
    selectBySubject(batch.rows());
    placeInTime(batch, counter);
    for (TableExtract.ReadColumn read : table.checks().read()) {
      counter.readings(table.column(read.column()), readings(read, batch));
    }
    for (int position = 0; position < count; position++) {
      reasons[rows[position]] = consent(position, table.category());
    }
    if (released.subjects().isPresent() || !table.parents().isEmpty()) {
      checkParents(batch);
    }
    for (ReleasedColumns output : truncated) {
      checkSpan(output, batch);
    }
    tests.check(batch, rows, count, reasons);
    keepIncluded();
    for (int row = 0; row < batch.rows(); row++) {
      if (reasons[row] != 0) {
        counter.excluded(reasons[row], found[row]);
      }
    }
  }

  private void ensureRoom(int size) {
    if (rows.length < size) {
      rows = new int[size];
      subjects = new int[size];
      firstDays = new int[size];
      lastDays = new int[size];
      found = new int[size];
      reasons = new byte[size];
    }
  }

  /** Selects the rows of subjects who are not excluded. */
  private void selectBySubject(int size) {
    byte[] exclusions = index.exclusions();
    byte unknown = Exclusion.UNKNOWN_SUBJECT.code();
    for (int row = 0; row < size; row++) {
      reasons[row] = found[row] < 0 ? unknown : exclusions[found[row]];
    }
    count = 0;
    for (int row = 0; row < size; row++) {
      rows[count] = row;
      subjects[count] = found[row];
      count += reasons[row] == 0 ? 1 : 0;
    }
  }

  private void checkParents(RowBatch batch) {
    for (int position = 0; position < count; position++) {
      int row = rows[position];
      if (reasons[row] == 0 && !hasItsParents(batch, row, subjects[position])) {
        reasons[row] = Exclusion.PARENT_EXCLUDED.code();
      }
    }
  }

  private void checkSpan(ReleasedColumns output, RowBatch batch) {
    for (int position = 0; position < count; position++) {
      if (reasons[rows[position]] == 0 && isTruncated(output, batch, position)) {
        reasons[rows[position]] = Exclusion.SPAN_END.code();
      }
    }
  }

  private void keepIncluded() {
    int kept = 0;
    for (int position = 0; position < count; position++) {
      move(position, kept);
      kept += reasons[rows[position]] == 0 ? 1 : 0;
    }
    count = kept;
  }

  private void move(int from, int to) {
    rows[to] = rows[from];
    subjects[to] = subjects[from];
    firstDays[to] = firstDays[from];
    lastDays[to] = lastDays[from];
  }

  /** Positions of selected rows that have no key: all columns of the stated one are empty. */
  public BitSet withoutKey(RowBatch batch) {
    BitSet without = new BitSet();
    without.set(0, table.checks().keys().isEmpty() ? 0 : count);
    for (int column : table.checks().keys()) {
      BytesColumn keys = (BytesColumn) batch.columns().get(column);
      for (int at = without.nextSetBit(0); at >= 0; at = without.nextSetBit(at + 1)) {
        without.set(at, isEmpty(keys, rows[at]));
      }
    }
    return without;
  }

  private static boolean isEmpty(BytesColumn column, int row) {
    int end = column.ends()[row];
    return column.isMissing(row) || Blanks.start(column.buffer(), column.starts()[row], end) == end;
  }

  /** Drops selected rows that cannot be used, by position, and counts them. */
  public void reject(BitSet positions, RejectReason reason, TallyCounter counter) {
    positions.stream().forEach(position -> counter.rejected(reason, subjects[position]));
    int kept = 0;
    for (int position = 0; position < count; position++) {
      if (!positions.get(position)) {
        move(position, kept++);
      }
    }
    Arrays.fill(rows, kept, count, 0);
    count = kept;
  }

  /** Why a row of the batch selected last is excluded, or 0. */
  public int reasonOf(int row) {
    return reasons[row];
  }

  /** A date that consent to its column does not cover decides nothing. */
  private boolean isTruncated(ReleasedColumns output, RowBatch batch, int position) {
    BytesColumn dates = (BytesColumn) batch.columns().get(output.sourceColumn());
    TruncatedSpan span = output.operator().span().orElseThrow();
    if (!span.isPast(dates, rows[position], index, subjects[position])) {
      return false;
    }
    for (RecordCategory category : output.columns().get(0).categories()) {
      if (category != table.category() && !covers(position, category)) {
        return false;
      }
    }
    return true;
  }

  /** Whether consent covers a cell of a category of its own in a row selected last. */
  public boolean covers(int position, RecordCategory category) {
    return consent(position, category) == 0;
  }

  private byte consent(int position, RecordCategory category) {
    return consent.record(subjects[position], category, days(position));
  }

  private RecordConsent.When days(int position) {
    when.reset(table.dating() instanceof TableExtract.Dating.Timeless);
    if (firstDays[position] == SpanLog.EVER) {
      when.addUnknown();
    } else {
      when.add(firstDays[position]);
      when.add(lastDays[position]);
    }
    return when;
  }

  /** The first and last day of every selected row; any day, unless all its dates are known. */
  private void placeInTime(RowBatch batch, TallyCounter counter) {
    if (table.dating() instanceof TableExtract.Dating.ByDates listed) {
      Arrays.fill(firstDays, 0, count, SpanLog.FOREVER);
      Arrays.fill(lastDays, 0, count, SpanLog.EVER);
      for (int column : listed.columns()) {
        Tally.Readings readings = addDates((BytesColumn) batch.columns().get(column));
        counter.readings(table.column(column), readings);
      }
    } else {
      Arrays.fill(firstDays, 0, count, SpanLog.EVER);
      Arrays.fill(lastDays, 0, count, SpanLog.FOREVER);
    }
  }

  /** A date that is missing or cannot be read may be any day. */
  private Tally.Readings addDates(BytesColumn column) {
    byte[] buffer = column.buffer();
    int[] starts = column.starts();
    int[] ends = column.ends();
    int given = 0;
    int readable = 0;
    for (int position = 0; position < count; position++) {
      int start = starts[rows[position]];
      boolean isGiven = start != BytesColumn.MISSING;
      long day =
          isGiven ? table.dates().day(buffer, start, ends[rows[position]]) : IsoDates.INVALID;
      boolean known = day != IsoDates.INVALID;
      given += isGiven ? 1 : 0;
      readable += known ? 1 : 0;
      firstDays[position] = Math.min(firstDays[position], known ? (int) day : SpanLog.EVER);
      lastDays[position] = Math.max(lastDays[position], known ? (int) day : SpanLog.FOREVER);
    }
    return new Tally.Readings(given, given - readable);
  }

  private Tally.Readings readings(TableExtract.ReadColumn read, RowBatch batch) {
    BytesColumn column = (BytesColumn) batch.columns().get(read.column());
    int given = 0;
    int readable = 0;
    for (int position = 0; position < count; position++) {
      int row = rows[position];
      if (!column.isMissing(row)) {
        given++;
        readable += isReadable(read, column.buffer(), column.starts()[row], column.ends()[row]);
      }
    }
    return new Tally.Readings(given, given - readable);
  }

  private int isReadable(TableExtract.ReadColumn read, byte[] buffer, int start, int end) {
    boolean isReadable =
        switch (read.as()) {
          case DATES -> table.dates().day(buffer, start, end) != IsoDates.INVALID;
          case WRITTEN -> !CellFormat.isInvalid(buffer, start, end);
        };
    return isReadable ? 1 : 0;
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
