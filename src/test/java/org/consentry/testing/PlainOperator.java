package org.consentry.testing;

import java.util.List;
import java.util.Map;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.FieldType;
import org.consentry.data.LongColumn;
import org.consentry.data.OperatorNote;
import org.consentry.operator.Operator;
import org.consentry.operator.OperatorKeys;
import org.consentry.operator.TransformInput;
import org.consentry.operator.Transformer;

/** Operators named after what they do, without configuration and without keys. */
public enum PlainOperator implements Operator {
  /** Releases the bytes as they are. */
  COPY(FieldType.TEXT) {
    @Override
    Column column(TransformInput input) {
      BytesColumn source = input.source();
      int[] starts = new int[input.count()];
      int[] ends = new int[input.count()];
      for (int position = 0; position < input.count(); position++) {
        starts[position] = source.starts()[input.rows()[position]];
        ends[position] = source.ends()[input.rows()[position]];
      }
      return new BytesColumn(input.count(), source.buffer(), starts, ends);
    }
  },
  /** Releases one digit as a number and takes nothing else. */
  DIGIT(FieldType.INTEGER) {
    @Override
    Column column(TransformInput input) {
      BytesColumn source = input.source();
      long[] values = new long[input.count()];
      for (int position = 0; position < input.count(); position++) {
        int row = input.rows()[position];
        values[position] = LongColumn.MISSING;
        if (!source.isMissing(row)) {
          int start = source.starts()[row];
          int digit = source.buffer()[start] - '0';
          if (source.ends()[row] - start == 1 && digit >= 0 && digit <= 9) {
            values[position] = digit;
          } else {
            input.invalid().at(position, 0, "a digit");
          }
        }
      }
      return new LongColumn(input.count(), values);
    }
  };

  @SuppressWarnings("ImmutableEnumChecker") // A field type is a record of three plain values.
  private final FieldType type;

  PlainOperator(FieldType type) {
    this.type = type;
  }

  abstract Column column(TransformInput input);

  /** The type of what it releases. */
  public FieldType type() {
    return type;
  }

  @Override
  public List<OperatorNote> notes() {
    return List.of(new OperatorNote("none", "Nothing.", "Everything.", Map.of()));
  }

  @Override
  public Transformer open(OperatorKeys keys) {
    return open();
  }

  /** The transformer, which needs no key. */
  public Transformer open() {
    return Transformer.ofOne(this::column);
  }
}
