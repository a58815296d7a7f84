package org.consentry.operator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.FieldType;
import org.consentry.data.LongColumn;
import org.consentry.operator.text.ByteOutput;
import org.jspecify.annotations.Nullable;

/** The columns that answers of tuples are written into. Used once, by one thread. */
final class TupleColumns implements TupleAnswer {

  /** A value that cannot be taken. */
  private record Refusal(int input, String expected) {}

  private final List<Cells> outputs = new ArrayList<>();
  private final int count;
  private @Nullable Refusal @Nullable [] refused;
  private int position;

  TupleColumns(List<FieldType> types, int count) {
    this.count = count;
    for (FieldType type : types) {
      outputs.add(type.isBytes() ? new Texts(count) : new Numbers(count));
    }
  }

  /** The answers that follow are those of this row. */
  void begin(int row) {
    position = row;
  }

  @Override
  public void number(int output, long value) {
    outputs.get(output).number(position, value);
  }

  @Override
  public void bytes(int output, byte[] source, int start, int end) {
    outputs.get(output).bytes(position, source, start, end);
  }

  @Override
  public void invalid(int input, String expected) {
    if (refused == null) {
      refused = new Refusal[count];
    }
    refused[position] = new Refusal(input, expected);
  }

  /** The answer of one row is the answer of an earlier one. */
  void copy(int from, int to) {
    for (Cells output : outputs) {
      output.copy(from, to);
    }
    if (refused != null) {
      refused[to] = refused[from];
    }
  }

  /** Tells of every refused row, in their order, and leaves its outputs missing. */
  void report(TransformInput.Invalid invalid) {
    if (refused == null) {
      return;
    }
    for (int row = 0; row < count; row++) {
      Refusal refusal = refused[row];
      if (refusal != null) {
        int missing = row;
        outputs.forEach(output -> output.clear(missing));
        invalid.at(row, refusal.input(), refusal.expected());
      }
    }
  }

  List<Column> columns() {
    return outputs.stream().map(Cells::column).toList();
  }

  /** One column in the making. */
  private interface Cells {

    default void number(int row, long value) {
      throw new IllegalArgumentException("the output is no number");
    }

    default void bytes(int row, byte[] source, int start, int end) {
      throw new IllegalArgumentException("the output is no text");
    }

    void copy(int from, int to);

    void clear(int row);

    Column column();
  }

  private static final class Numbers implements Cells {
    private final long[] values;

    Numbers(int count) {
      values = new long[count];
      Arrays.fill(values, LongColumn.MISSING);
    }

    @Override
    public void number(int row, long value) {
      values[row] = value;
    }

    @Override
    public void copy(int from, int to) {
      values[to] = values[from];
    }

    @Override
    public void clear(int row) {
      values[row] = LongColumn.MISSING;
    }

    @Override
    public Column column() {
      return new LongColumn(values.length, values);
    }
  }

  private static final class Texts implements Cells {
    private final int[] starts;
    private final int[] ends;
    private final ByteOutput output = new ByteOutput(1024);

    Texts(int count) {
      starts = new int[count];
      ends = new int[count];
      Arrays.fill(starts, BytesColumn.MISSING);
    }

    @Override
    public void bytes(int row, byte[] source, int start, int end) {
      if (start < end) {
        starts[row] = output.size();
        output.append(source, start, end);
        ends[row] = output.size();
      }
    }

    @Override
    public void copy(int from, int to) {
      starts[to] = starts[from];
      ends[to] = ends[from];
    }

    @Override
    public void clear(int row) {
      starts[row] = BytesColumn.MISSING;
    }

    @Override
    public Column column() {
      return new BytesColumn(starts.length, output.buffer(), starts, ends);
    }
  }
}
