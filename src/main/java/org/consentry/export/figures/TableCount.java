package org.consentry.export.figures;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.data.ByteWords;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.Effect;
import org.consentry.data.Field;
import org.consentry.data.FieldType;
import org.consentry.data.IntegerCodes;
import org.consentry.data.LongColumn;
import org.consentry.data.PlannedColumn;
import org.consentry.data.RowBatch;
import org.consentry.plan.ReleasedTable;
import org.consentry.release.ColumnFigures;
import org.consentry.release.ColumnFigures.Shape;

/**
 * Counts the released rows of a table or of one part of it, in bounded memory: so many different
 * values of all columns together, whatever the number of rows. Not thread-safe.
 *
 * <p>Rows come in the order of release, so that rows of a subject are beside each other. Counts of
 * parts are joined in the order of the parts and give the same figures as the whole.
 */
public final class TableCount {

  /** Different values that are counted, of all columns of a table together. */
  private static final int MOST = 1 << 16;

  private static final int MOST_OF_COLUMN = 1 << 12;
  private static final int LEAST_OF_COLUMN = 1 << 6;

  private final List<Field> fields;
  private final List<ColumnCount> columns;
  private final int subject;
  private int subjects;
  private byte[] first = new byte[0];
  private byte[] last = new byte[0];
  private int[] numbers = new int[0];

  /** A count whose people are known by the texts of one column. */
  TableCount(List<Field> fields, List<ColumnCount> columns, int subject) {
    this.fields = fields;
    this.columns = columns;
    this.subject = subject;
  }

  /**
   * Counts for a table.
   *
   * @param births the source columns that show when subjects were born, in the table of subjects
   * @return empty when the table releases no code of its rows' subjects: people cannot be counted
   */
  public static Optional<TableCount> of(ReleasedTable table, List<String> births) {
    List<PlannedColumn> planned = table.columns();
    int subject = table.subjectOutput().orElse(-1);
    if (subject < 0 || !(planned.get(subject).effect() instanceof Effect.Code)) {
      return Optional.empty();
    }
    int most = Math.max(LEAST_OF_COLUMN, Math.min(MOST_OF_COLUMN, MOST / planned.size()));
    List<ColumnCount> columns = new ArrayList<>();
    for (PlannedColumn column : planned) {
      boolean isBirth = table.isSubjects() && births.stream().anyMatch(column::isOf);
      Shape times = isBirth ? Shape.BIRTHS : Shape.EVENTS;
      columns.add(count(column.field().type(), column.effect(), times, most));
    }
    columns.set(subject, new Subjects());
    return Optional.of(
        new TableCount(planned.stream().map(PlannedColumn::field).toList(), columns, subject));
  }

  /**
   * A count of a column.
   *
   * @param times what the column is when it has times
   */
  static ColumnCount count(FieldType type, Effect effect, Shape times, int most) {
    boolean isPeriod = effect instanceof Effect.Period;
    return switch (type.kind()) {
      case TEXT -> new Words(Shape.TEXTS, most);
      case CODE ->
          isPeriod ? numbers(Scale.Kind.YEAR, 0, times, most) : new Words(Shape.VALUES, most);
      case INTEGER ->
          effect instanceof Effect.Code
              ? new Words(Shape.VALUES, most)
              : isPeriod
                  ? numbers(Scale.Kind.YEAR, 0, times, most)
                  : numbers(Scale.Kind.NUMBER, 0, Shape.NUMBERS, most);
      case DECIMAL -> numbers(Scale.Kind.NUMBER, type.scale(), Shape.NUMBERS, most);
      case DATE -> numbers(Scale.Kind.DAY, 0, times, most);
      case TIMESTAMP -> numbers(Scale.Kind.INSTANT, 0, times, most);
    };
  }

  private static ColumnCount numbers(Scale.Kind kind, int decimals, Shape shape, int most) {
    return new Numbers(new Scale(kind, decimals, shape), most);
  }

  /** Adds the rows of a batch. */
  public void add(RowBatch batch) {
    number(batch);
    for (int i = 0; i < columns.size(); i++) {
      Column column = batch.columns().get(i);
      columns.get(i).add(columns.get(i) instanceof Words ? texts(column) : column, numbers);
    }
  }

  /** A column of codes; of numbers as they are written. */
  private static BytesColumn texts(Column codes) {
    return codes instanceof LongColumn integers
        ? IntegerCodes.texts(integers)
        : (BytesColumn) codes;
  }

  /** Gives each row the number of its subject. */
  private void number(RowBatch batch) {
    if (numbers.length < batch.rows()) {
      numbers = new int[batch.rows()];
    }
    BytesColumn codes = texts(batch.columns().get(subject));
    byte[] before = last;
    int start = 0;
    int end = subjects == 0 ? -1 : last.length;
    for (int row = 0; row < batch.rows(); row++) {
      int from = codes.isMissing(row) ? 0 : codes.starts()[row];
      int to = codes.isMissing(row) ? 0 : codes.ends()[row];
      if (end < 0 || !ByteWords.equal(before, start, end, codes.buffer(), from, to)) {
        if (subjects++ == 0) {
          first = Arrays.copyOfRange(codes.buffer(), from, to);
        }
      }
      before = codes.buffer();
      start = from;
      end = to;
      numbers[row] = subjects - 1;
    }
    if (batch.rows() > 0) {
      last = Arrays.copyOfRange(before, start, end);
    }
  }

  /** Adds what was counted of the rows that follow. */
  public void join(TableCount later) {
    if (later.subjects == 0) {
      return;
    }
    boolean goesOn = subjects > 0 && Arrays.equals(last, later.first);
    int offset = goesOn ? subjects - 1 : subjects;
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).join(later.columns.get(i), offset);
    }
    first = subjects == 0 ? later.first : first;
    last = later.last;
    subjects = offset + later.subjects;
  }

  /** What may be shown of each column, by its released name. */
  public Map<String, ColumnFigures> figures() {
    Map<String, ColumnFigures> figures = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      figures.put(fields.get(i).name(), columns.get(i).figures());
    }
    return figures;
  }

  /** What was counted, as {@link #read} takes it. */
  public byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(subjects);
      out.writeInt(first.length);
      out.write(first);
      out.writeInt(last.length);
      out.write(last);
      for (ColumnCount column : columns) {
        column.write(out);
      }
    } catch (IOException inMemory) {
      throw new UncheckedIOException(inMemory);
    }
    return bytes.toByteArray();
  }

  /** Reads what {@link #toBytes} gave into this count, which is new and of the same table. */
  public void read(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      subjects = in.readInt();
      first = in.readNBytes(in.readInt());
      last = in.readNBytes(in.readInt());
      for (ColumnCount column : columns) {
        column.read(in);
      }
    } catch (IOException inMemory) {
      throw new UncheckedIOException(inMemory);
    }
  }
}
