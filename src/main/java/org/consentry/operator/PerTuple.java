package org.consentry.operator;

import java.util.List;
import org.consentry.data.Column;
import org.consentry.data.FieldType;

/**
 * Turns a function of one tuple of inputs into a row transformer. What the function does not give
 * is missing; a value it cannot take is reported and leaves every output of the row missing.
 */
final class PerTuple {

  /** From the inputs of a row to its outputs. Pure; used by many threads. */
  @FunctionalInterface
  interface Function {

    /** Gives the answer for a tuple, in which any input may be missing. */
    void of(Tuple tuple, TupleAnswer answer);
  }

  /** Whether answers are remembered. They are the same either way. */
  enum Memory {
    /** The function costs less than looking an answer up. */
    NO_MEMORY,
    /** The function is applied once per distinct tuple of the batch. */
    ONCE_PER_TUPLE
  }

  private PerTuple() {}

  /**
   * Makes the transformer.
   *
   * @param types the types of the outputs, in their order
   */
  static Transformer of(List<FieldType> types, Memory memory, Function function) {
    List<FieldType> outputs = List.copyOf(types);
    return input -> transform(input, outputs, memory, function);
  }

  private static List<Column> transform(
      TransformInput input, List<FieldType> types, Memory memory, Function function) {
    Tuple tuple = new Tuple(input);
    TupleColumns columns = new TupleColumns(types, input.count());
    TupleMemo memo = new TupleMemo(input, memory);
    for (int position = 0; position < input.count(); position++) {
      int earlier = memo.earlier(position);
      if (earlier >= 0) {
        columns.copy(earlier, position);
      } else {
        tuple.moveTo(position);
        columns.begin(position);
        function.of(tuple, columns);
      }
    }
    columns.report(input.invalid());
    return columns.columns();
  }
}
