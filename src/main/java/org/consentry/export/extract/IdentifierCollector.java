package org.consentry.export.extract;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.consentry.data.ByteHash;
import org.consentry.data.BytesColumn;
import org.consentry.data.ClinicDates;
import org.consentry.data.IsoDates;
import org.consentry.data.LongSet;
import org.consentry.data.RowBatch;
import org.consentry.data.SubjectIndex;
import org.consentry.export.scan.IdentifierSet;
import org.consentry.plan.ScanPlan.Content;
import org.consentry.plan.ScanPlan.ScannedColumn;
import org.consentry.plan.ScanPlan.ScannedTable;
import org.consentry.profile.ContentKind;
import org.consentry.profile.Detectors;
import org.consentry.profile.Found;

/**
 * Collects the identifiers of the rows of one split while they are read: those of every row,
 * released or not. A value that a column repeats is looked at once, as long as they are few. Not
 * thread-safe.
 *
 * <p>Invariant: {@code seen} has a 64-bit hash of the bytes of every value that was added. Two
 * values of one column share it by chance with a probability of 3 * 10^-6 among ten million.
 */
public final class IdentifierCollector {

  /** What is an identifier wherever it occurs. Dates, ages and places are so only with a person. */
  private static final Set<ContentKind> IDENTIFYING =
      EnumSet.of(
          ContentKind.NAME,
          ContentKind.POSTAL_ADDRESS,
          ContentKind.PHONE,
          ContentKind.EMAIL,
          ContentKind.SSN,
          ContentKind.RECORD_NUMBER,
          ContentKind.PLAN_NUMBER,
          ContentKind.ACCOUNT_NUMBER,
          ContentKind.CARD_NUMBER,
          ContentKind.LICENSE_NUMBER,
          ContentKind.VEHICLE_NUMBER,
          ContentKind.DEVICE_SERIAL,
          ContentKind.NATIONAL_ID);

  private static final Set<Content> NEED_SUBJECTS = EnumSet.of(Content.DATE, Content.SUBJECT);

  /** Of a column with more different values most are new, and are added without a look. */
  private static final int MOST_SEEN = 1 << 16;

  /** A name of a file has ordinary words and dates beside identifiers. */
  private static final Pattern FILE_NAME =
      Pattern.compile(
          "\\.(?:png|jpe?g|heic|tiff?|bmp|gif|dcm|pdf|docx?|txt|xml|zip|mp4|mov)$",
          Pattern.CASE_INSENSITIVE);

  /** The digits of a point in time, and what is between them. */
  private static final byte[] TIMESTAMP = "0000-00-00T00:00:00".getBytes(StandardCharsets.US_ASCII);

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** The form in three pieces, the last of which begins before the second ends. */
  private static final long DAY = form(0);

  private static final long HOUR = form(Long.BYTES);
  private static final long TIME = form(TIMESTAMP.length - Long.BYTES);

  /** All bits of the bytes that are digits. */
  private static final long DIGITS_OF_DAY = digits(DAY);

  private static final long DIGITS_OF_HOUR = digits(HOUR);
  private static final long DIGITS_OF_TIME = digits(TIME);

  private static final long HIGH = 0x8080808080808080L;

  /** Sets the high bit of a byte over 9. */
  private static final long NINES_ABOVE = 0x7676767676767676L;

  /** Rows of a few hundred bytes that fit into the cache next to the processor. */
  private static final int ROWS_AT_ONCE = 512;

  private final List<Input> inputs = new ArrayList<>();
  private final List<Integer> columns;
  private final int subject;
  private final SubjectIndex index;
  private final ClinicDates dates;
  private final IdentifierSet.Builder identifiers;
  private final LongSet seenDays = new LongSet();
  private final BitSet seenSubjects = new BitSet();
  private int[] found = new int[0];
  private int[] scratch = new int[0];
  private final int[] rest = new int[ROWS_AT_ONCE];

  private static long form(int at) {
    return (long) LONGS.get(TIMESTAMP, at);
  }

  private static long digits(long form) {
    long digits = 0;
    for (int bit = 0; bit < Long.SIZE; bit += Byte.SIZE) {
      digits |= (form >>> bit & 0xFF) == '0' ? 0xFFL << bit : 0;
    }
    return digits;
  }

  /** One column: where it is in batches, and which of its values were added. */
  private record Input(int position, Content content, LongSet seen) {}

  /**
   * Collects for one split of a table.
   *
   * @param needed positions in the source of the columns that batches have anyway
   * @param index finds the codes of a date's subject
   * @param dates reads dates as the clinic's clock showed them
   */
  public IdentifierCollector(
      ScannedTable table,
      List<Integer> needed,
      SubjectIndex index,
      ClinicDates dates,
      IdentifierSet.Builder identifiers) {
    List<Integer> all = new ArrayList<>(needed);
    for (ScannedColumn column : table.columns()) {
      inputs.add(new Input(at(column.position(), all), column.content(), new LongSet()));
    }
    boolean needsSubjects =
        table.subject() >= 0
            && inputs.stream().map(Input::content).anyMatch(NEED_SUBJECTS::contains);
    this.subject = needsSubjects ? at(table.subject(), all) : -1;
    this.columns = List.copyOf(all);
    this.index = index;
    this.dates = dates;
    this.identifiers = identifiers;
  }

  private static int at(int position, List<Integer> columns) {
    if (!columns.contains(position)) {
      columns.add(position);
    }
    return columns.indexOf(position);
  }

  /** Positions in the source of the columns that batches must have: those needed, then others. */
  public List<Integer> columns() {
    return columns;
  }

  /** Adds the rows of a batch with these columns. */
  void add(RowBatch batch) {
    findSubjects(batch);
    addRows(batch);
  }

  /**
   * As {@link #add(RowBatch)}, where the subjects were looked up before.
   *
   * @param subjects by row, -1 where the source does not know one
   */
  public void add(RowBatch batch, int[] subjects) {
    found = subjects;
    addRows(batch);
  }

  /** Some rows at a time, which stay in the cache from one column to the next. */
  private void addRows(RowBatch batch) {
    for (int from = 0; from < batch.rows(); from += ROWS_AT_ONCE) {
      int to = Math.min(batch.rows(), from + ROWS_AT_ONCE);
      for (Input input : inputs) {
        BytesColumn column = (BytesColumn) batch.columns().get(input.position());
        switch (input.content()) {
          case IDENTIFIER, UNKNOWN -> addValues(column, input, from, to);
          case SUBJECT, RECORD_KEY -> addKeys(column, input.content(), from, to);
          case KEY -> {
            if (input.seen().size() < MOST_SEEN) {
              addValues(column, input, from, to);
            } else {
              addKeys(column, Content.KEY, from, to);
            }
          }
          case DATE -> addDays(column, from, to);
        }
      }
    }
  }

  /** The identifiers of the rows so far. */
  public IdentifierSet.Builder identifiers() {
    return identifiers;
  }

  /**
   * Adds what was not added before. Those rows follow in a loop of their own, so that the code for
   * them is not compiled into the loop over all.
   */
  private void addValues(BytesColumn column, Input input, int from, int to) {
    int fresh = 0;
    for (int row = from; row < to; row++) {
      boolean mayBe = !column.isMissing(row) && !isNone(column, row, input.content());
      if (mayBe && isNew(column, row, input)) {
        rest[fresh++] = row;
      }
    }
    addRest(column, fresh, input.content());
  }

  private void addRest(BytesColumn column, int rows, Content content) {
    for (int i = 0; i < rows; i++) {
      addValue(column, rest[i], content);
    }
  }

  /** Adds keys of which most are new; those of subjects are in the table of subjects. */
  private void addKeys(BytesColumn column, Content content, int from, int to) {
    byte[] bytes = column.buffer();
    for (int row = from; row < to; row++) {
      if (column.isMissing(row) || (content == Content.SUBJECT && found[row] >= 0)) {
        continue;
      }
      int start = column.starts()[row];
      int end = column.ends()[row];
      if (content == Content.RECORD_KEY) {
        identifiers.addRecordKey(bytes, start, end);
      } else {
        identifiers.addKey(bytes, start, end);
      }
    }
  }

  /** An amount or a time in a column that may have anything. */
  private boolean isNone(BytesColumn column, int row, Content content) {
    if (content != Content.UNKNOWN) {
      return false;
    }
    byte[] bytes = column.buffer();
    int start = column.starts()[row];
    int end = column.ends()[row];
    return IdentifierSet.isAmount(bytes, start, end) || isTimestamp(bytes, start, end);
  }

  /** Whether a value is written as {@code 2021-03-04T09:05:00}, which no identifier is. */
  private static boolean isTimestamp(byte[] bytes, int start, int end) {
    return end - start == TIMESTAMP.length
        && hasForm(bytes, start, DAY, DIGITS_OF_DAY)
        && hasForm(bytes, start + Long.BYTES, HOUR, DIGITS_OF_HOUR)
        && hasForm(bytes, end - Long.BYTES, TIME, DIGITS_OF_TIME);
  }

  /** Compares eight bytes: where the form has a zero there is a digit, elsewhere the same byte. */
  private static boolean hasForm(byte[] bytes, int at, long form, long digits) {
    long differs = (long) LONGS.get(bytes, at) ^ form;
    long others = differs & ~digits;
    long values = differs & digits;
    return others == 0 && ((values | (values + NINES_ABOVE)) & HIGH) == 0;
  }

  /** A date is not an identifier by itself. */
  private void addValue(BytesColumn column, int row, Content content) {
    byte[] bytes = column.buffer();
    int start = column.starts()[row];
    int end = column.ends()[row];
    if (content == Content.KEY) {
      identifiers.addKey(bytes, start, end);
      return;
    }
    if (dates.day(bytes, start, end) != IsoDates.INVALID) {
      return;
    }
    String value = text(column, row);
    if (content == Content.UNKNOWN || FILE_NAME.matcher(value).find()) {
      addDetected(value);
    } else {
      identifiers.add(value);
    }
  }

  private void addDetected(String value) {
    for (Found found : Detectors.usual().find(value)) {
      if (IDENTIFYING.contains(found.kind())) {
        identifiers.add(value.substring(found.start(), found.end()));
      }
    }
  }

  private static boolean isNew(BytesColumn column, int row, Input input) {
    boolean isFull = input.seen().size() >= MOST_SEEN;
    long hash = ByteHash.of(column.buffer(), column.starts()[row], column.ends()[row]);
    return isFull ? !input.seen().contains(hash) : input.seen().add(hash);
  }

  private void findSubjects(RowBatch batch) {
    if (subject >= 0) {
      if (found.length < batch.rows()) {
        found = new int[batch.rows()];
        scratch = new int[batch.rows()];
      }
      index.keys().findRaw((BytesColumn) batch.columns().get(subject), found, scratch);
    }
  }

  /** The days of released people, beside each of their codes. */
  private void addDays(BytesColumn column, int from, int to) {
    for (int row = from; row < to && subject >= 0; row++) {
      int person = found[row];
      if (person < 0 || index.exclusions()[person] != 0 || column.isMissing(row)) {
        continue;
      }
      long day = dates.day(column.buffer(), column.starts()[row], column.ends()[row]);
      if (day != IsoDates.INVALID) {
        addDay(person, day);
      }
    }
  }

  private void addDay(int person, long day) {
    if (!seenDays.add(((long) person << Integer.SIZE) ^ (day & 0xFFFF_FFFFL))) {
      return;
    }
    for (BytesColumn codes : index.codes()) {
      if (!codes.isMissing(person)) {
        String code = text(codes, person);
        if (!seenSubjects.get(person)) {
          identifiers.addSubject(code);
        }
        identifiers.addDate(code, day);
      }
    }
    seenSubjects.set(person);
  }

  private static String text(BytesColumn column, int row) {
    int start = column.starts()[row];
    return new String(column.buffer(), start, column.ends()[row] - start, StandardCharsets.UTF_8);
  }
}
