package org.consentry.operator;

import java.util.function.Supplier;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.IsoDates;
import org.consentry.data.LongColumn;
import org.consentry.operator.text.ByteOutput;

/**
 * Turns a function of one value into a transformer. A missing value stays missing and is never
 * given to the function; a value the function cannot take is reported and missing. A function that
 * is worth it is applied once per distinct value of the batch.
 */
final class PerValue {

  /** The answer of a function that cannot take the value. */
  static final long INVALID = IsoDates.INVALID;

  /** The number of no label: the released cell is missing. */
  static final int NO_LABEL = -1;

  /** The number of no label: the value cannot be taken. */
  static final int INVALID_LABEL = -2;

  private static final int INVALID_START = -2;

  /** What became of a value. */
  enum Answer {
    /** The answer was appended; an empty one is a missing cell. */
    GIVEN,
    /** The released cell is missing. */
    MISSING,
    /** The value cannot be taken. */
    INVALID
  }

  /** From the UTF-8 bytes of a value to a number. Pure and thread-safe. */
  @FunctionalInterface
  interface ToLong {

    /** A number, {@link LongColumn#MISSING} or {@link #INVALID}. */
    long of(byte[] buffer, int start, int end);
  }

  /** From the UTF-8 bytes of a value to the number of a label. Pure and thread-safe. */
  @FunctionalInterface
  interface ToLabel {

    /** A label's number, {@link #NO_LABEL} or {@link #INVALID_LABEL}. */
    int of(byte[] buffer, int start, int end);
  }

  /** From the UTF-8 bytes of a value to UTF-8 bytes. Pure; used by one thread at a time. */
  @FunctionalInterface
  interface ToBytes {

    /** Appends the answer to the output. */
    Answer of(byte[] buffer, int start, int end, ByteOutput output);
  }

  private PerValue() {}

  /** Numbers straight from bytes; not remembered, because looking up costs as much as reading. */
  static Transformer numbers(String expected, ToLong function) {
    return Transformer.ofOne(input -> numbers(input, expected, function));
  }

  private static Column numbers(TransformInput input, String expected, ToLong function) {
    BytesColumn source = input.source();
    long[] values = new long[input.count()];
    for (int i = 0; i < values.length; i++) {
      int row = input.rows()[i];
      int start = source.starts()[row];
      long value = LongColumn.MISSING;
      if (start != BytesColumn.MISSING) {
        value = function.of(source.buffer(), start, source.ends()[row]);
        if (value == INVALID) {
          input.invalid().at(i, 0, expected);
          value = LongColumn.MISSING;
        }
      }
      values[i] = value;
    }
    return new LongColumn(values.length, values);
  }

  /** One of a fixed set of texts. */
  static Transformer labels(String expected, Labels labels, ToLabel function) {
    return Transformer.ofOne(input -> labels(input, expected, labels, function));
  }

  private static Column labels(
      TransformInput input, String expected, Labels labels, ToLabel function) {
    BytesColumn source = input.source();
    int[] numbers = new int[input.count()];
    for (int i = 0; i < numbers.length; i++) {
      int row = input.rows()[i];
      int start = source.starts()[row];
      numbers[i] =
          start == BytesColumn.MISSING
              ? NO_LABEL
              : function.of(source.buffer(), start, source.ends()[row]);
      if (numbers[i] == INVALID_LABEL) {
        input.invalid().at(i, 0, expected);
      }
    }
    return labels.column(numbers.length, numbers);
  }

  /**
   * Bytes from bytes, once per distinct value of the batch.
   *
   * @param functions makes the function of one batch, which may keep scratch space
   */
  static Transformer bytes(String expected, Supplier<ToBytes> functions) {
    return Transformer.ofOne(input -> bytes(input, expected, functions.get()));
  }

  private static Column bytes(TransformInput input, String expected, ToBytes function) {
    BytesColumn source = input.source();
    int count = input.count();
    int[] starts = new int[count];
    int[] ends = new int[count];
    ByteOutput output = new ByteOutput(Math.min(count, Memo.TRIAL) * 16);
    Memo memo = new Memo(source, input.rows(), count);
    boolean invalid = false;
    for (int i = 0; i < count; i++) {
      int row = input.rows()[i];
      if (source.starts()[row] == BytesColumn.MISSING) {
        starts[i] = BytesColumn.MISSING;
        continue;
      }
      int earlier = memo.earlier(i);
      if (earlier >= 0) {
        starts[i] = starts[earlier];
        ends[i] = ends[earlier];
        continue;
      }
      int from = output.size();
      Answer answer =
          function.of(source.buffer(), source.starts()[row], source.ends()[row], output);
      boolean given = answer == Answer.GIVEN && output.size() > from;
      invalid |= answer == Answer.INVALID;
      starts[i] = given ? from : answer == Answer.INVALID ? INVALID_START : BytesColumn.MISSING;
      ends[i] = output.size();
    }
    if (invalid) {
      report(input, expected, starts);
    }
    return new BytesColumn(count, output.buffer(), starts, ends);
  }

  private static void report(TransformInput input, String expected, int[] starts) {
    for (int i = 0; i < starts.length; i++) {
      if (starts[i] == INVALID_START) {
        starts[i] = BytesColumn.MISSING;
        input.invalid().at(i, 0, expected);
      }
    }
  }
}
