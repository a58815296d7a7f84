package org.consentry.operator;

import java.util.List;
import org.consentry.data.BytesColumn;

/**
 * What a row transformer sees of a batch.
 *
 * @param inputs the values of every input, in the order of {@link RowContext#reads()}
 * @param count how many rows are selected
 * @param invalid told of every value that cannot be taken
 */
public record RowInput(List<Values> inputs, int count, Invalid invalid) {

  public RowInput {
    inputs = List.copyOf(inputs);
  }

  /** The values of one input; position 0 to count - 1 is the selected row. */
  public sealed interface Values {

    /**
     * Cells of a source column.
     *
     * @param column the column of the batch
     * @param rows numbers of the selected rows in it; may be longer than count
     */
    @SuppressWarnings("ArrayRecordComponent") // the batch path shares arrays (house style)
    record Cells(BytesColumn column, int[] rows) implements Values {}

    /**
     * A day of the row's subject.
     *
     * @param days days since 1970-01-01 of every subject, or {@link
     *     org.consentry.data.SubjectIndex#UNKNOWN_DAY}
     * @param subjects for each of the selected rows its subject's number
     */
    @SuppressWarnings("ArrayRecordComponent") // the batch path shares arrays (house style)
    record Days(int[] days, int[] subjects) implements Values {}
  }

  /** Told of values that cannot be taken; what happens then is the mapping's {@code onInvalid}. */
  @FunctionalInterface
  public interface Invalid {

    /**
     * A selected row holds a value the operator cannot take. All its outputs of that row are
     * missing.
     *
     * @param position position among the selected rows, 0 to count - 1
     * @param input which of the inputs holds it
     * @param expected what was expected, in words, without content
     */
    void at(int position, int input, String expected);
  }
}
