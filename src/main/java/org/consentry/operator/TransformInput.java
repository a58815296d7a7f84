package org.consentry.operator;

import java.util.List;
import org.consentry.data.BytesColumn;
import org.consentry.data.SubjectIndex;

/**
 * What a transformer sees of a batch.
 *
 * @param inputs the values of every input, in the order of {@link RuleContext#reads()}
 * @param rows numbers of the selected rows in the batch, ascending; may be longer than count
 * @param count how many rows are selected
 * @param subjects for each of the selected rows its subject's number (same positions as {@code
 *     rows})
 * @param index what is known of the subjects
 * @param invalid receives every value that cannot be taken
 */
@SuppressWarnings("ArrayRecordComponent") // the batch path shares arrays on purpose (house style)
public record TransformInput(
    List<Values> inputs,
    int[] rows,
    int count,
    int[] subjects,
    SubjectIndex index,
    Invalid invalid) {

  public TransformInput {
    inputs = List.copyOf(inputs);
  }

  /** The values of one input. */
  public sealed interface Values {

    /**
     * Cells of a source column, by the row's number in the batch.
     *
     * @param column the column of the batch
     */
    record Cells(BytesColumn column) implements Values {}

    /**
     * A day of the row's subject, by the subject's number.
     *
     * @param days days since 1970-01-01 of every subject, or {@link SubjectIndex#UNKNOWN_DAY}
     */
    @SuppressWarnings("ArrayRecordComponent") // the batch path shares arrays (house style)
    record Days(int[] days) implements Values {}
  }

  /** Receives values that cannot be taken; {@code onInvalid} decides what happens then. */
  @FunctionalInterface
  public interface Invalid {

    /**
     * A selected row has a value the operator cannot take. The operator gives missing values for
     * it.
     *
     * @param position position among the selected rows, 0 to count - 1
     * @param input which of the inputs it is
     * @param expected what was expected, in words, without content
     */
    void at(int position, int input, String expected);

    /**
     * A selected row has a value that the operator does not release, though it is valid. The
     * operator gives a missing value, which is counted whatever {@code onInvalid} is.
     *
     * @param position position among the selected rows, 0 to count - 1
     */
    default void unreleased(int position) {}
  }

  /** The source column of an operator of one column. */
  public BytesColumn source() {
    return ((Values.Cells) inputs.get(0)).column();
  }
}
