package org.consentry.export.span;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.LongColumn;
import org.consentry.data.RowBatch;
import org.consentry.plan.SpanTable.Spanned;
import org.jspecify.annotations.Nullable;

/**
 * The first and the last date of each subject who has one, in the order of the subjects' codes. Not
 * thread-safe.
 *
 * <p>Cells are bytes that compare, unsigned, as their values do: texts are themselves, numbers and
 * dates eight bytes. Rows come in the order of release, so that rows of a subject are beside each
 * other. A subject takes some thirty bytes.
 */
public final class Spans {

  private static final int CELLS = 3;
  private static final int SUBJECT = 0;
  private static final int FIRST = 1;
  private static final int LAST = 2;

  private byte[] buffer = new byte[1 << 10];
  private int[] ends = new int[1 << 8];
  private int cells;
  private byte[] subject = new byte[0];
  private byte @Nullable [] first;
  private byte[] last = new byte[0];

  /** Spans of no one. */
  public Spans() {}

  /** Adds the rows of a batch of a table; a missing date adds nothing. */
  public void add(Spanned table, RowBatch batch) {
    Column subjects = batch.columns().get(table.subject());
    List<Column> dates = table.dates().stream().map(batch.columns()::get).toList();
    for (int row = 0; row < batch.rows(); row++) {
      if (subjects.isMissing(row)) {
        continue;
      }
      byte[] own = cell(subjects, row);
      if (!Arrays.equals(own, subject)) {
        close();
        subject = own;
      }
      for (Column column : dates) {
        if (!column.isMissing(row)) {
          date(cell(column, row));
        }
      }
    }
  }

  private static byte[] cell(Column column, int row) {
    return column instanceof LongColumn numbers
        ? ByteBuffer.allocate(Long.BYTES).putLong(numbers.values()[row] ^ Long.MIN_VALUE).array()
        : text((BytesColumn) column, row);
  }

  private static byte[] text(BytesColumn texts, int row) {
    return Arrays.copyOfRange(texts.buffer(), texts.starts()[row], texts.ends()[row]);
  }

  private void date(byte[] date) {
    if (first == null) {
      first = date;
      last = date;
    } else if (Arrays.compareUnsigned(date, first) < 0) {
      first = date;
    } else if (Arrays.compareUnsigned(date, last) > 0) {
      last = date;
    }
  }

  /** Ends the subject whose rows were added. */
  private void close() {
    if (first != null) {
      put(subject, first, last);
      first = null;
    }
  }

  private void put(byte[] code, byte[] earliest, byte[] latest) {
    if (cells > 0 && Arrays.compareUnsigned(cell(size() - 1, SUBJECT), code) >= 0) {
      throw new IllegalStateException("rows are not in the order of their subjects");
    }
    put(code);
    put(earliest);
    put(latest);
  }

  private void put(byte[] cell) {
    int start = end(cells - 1);
    int end = Math.addExact(start, cell.length);
    if (end > buffer.length) {
      buffer = Arrays.copyOf(buffer, (int) Math.max(end, Math.min(2L * buffer.length, 1 << 30)));
    }
    if (cells == ends.length) {
      ends = Arrays.copyOf(ends, 2 * cells);
    }
    System.arraycopy(cell, 0, buffer, start, cell.length);
    ends[cells++] = end;
  }

  private int end(int cell) {
    return cell < 0 ? 0 : ends[cell];
  }

  /** How many subjects there are. Whose rows were added last counts when the spans are stored. */
  public int size() {
    return cells / CELLS;
  }

  private byte[] cell(int row, int which) {
    int cell = CELLS * row + which;
    return Arrays.copyOfRange(buffer, end(cell - 1), end(cell));
  }

  /** The code of the subject of a row, from 0. */
  byte[] subject(int row) {
    return cell(row, SUBJECT);
  }

  /** The first date of the subject of a row. */
  byte[] first(int row) {
    return cell(row, FIRST);
  }

  /** The last date of the subject of a row. */
  byte[] last(int row) {
    return cell(row, LAST);
  }

  /** The spans of all together. */
  public static Spans of(List<Spans> some) {
    some.forEach(Spans::close);
    List<Spans> left = new ArrayList<>(some);
    while (left.size() > 1) {
      List<Spans> pairs = new ArrayList<>();
      for (int i = 0; i < left.size(); i += 2) {
        pairs.add(i + 1 == left.size() ? left.get(i) : join(left.get(i), left.get(i + 1)));
      }
      left = pairs;
    }
    return left.isEmpty() ? new Spans() : left.get(0);
  }

  private static Spans join(Spans one, Spans other) {
    Spans all = new Spans();
    int i = 0;
    int j = 0;
    while (i < one.size() || j < other.size()) {
      int order = i == one.size() ? 1 : j == other.size() ? -1 : order(one, i, other, j);
      if (order == 0) {
        all.date(one.first(i));
        all.date(one.last(i));
        all.date(other.first(j));
        all.date(other.last(j));
        all.subject = one.subject(i);
        all.close();
      } else {
        Spans from = order < 0 ? one : other;
        int row = order < 0 ? i : j;
        all.put(from.subject(row), from.first(row), from.last(row));
      }
      i += order <= 0 ? 1 : 0;
      j += order >= 0 ? 1 : 0;
    }
    return all;
  }

  private static int order(Spans one, int row, Spans other, int beside) {
    return Arrays.compareUnsigned(one.subject(row), other.subject(beside));
  }

  /** The spans, as {@link #read} takes them; all rows were added. */
  public byte[] toBytes() {
    close();
    int used = end(cells - 1);
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * (cells + 1) + used).putInt(cells);
    for (int cell = 0; cell < cells; cell++) {
      bytes.putInt(ends[cell]);
    }
    return bytes.put(buffer, 0, used).array();
  }

  /** Reads what {@link #toBytes} gave. */
  public static Spans read(byte[] stored) {
    Spans spans = new Spans();
    ByteBuffer bytes = ByteBuffer.wrap(stored);
    spans.cells = bytes.getInt();
    spans.ends = new int[Math.max(1, spans.cells)];
    bytes.asIntBuffer().get(spans.ends, 0, spans.cells);
    bytes.position(Integer.BYTES * (spans.cells + 1));
    spans.buffer = new byte[Math.max(1, bytes.remaining())];
    bytes.get(spans.buffer, 0, bytes.remaining());
    return spans;
  }
}
