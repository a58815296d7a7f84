package org.consentry.operator;

import org.consentry.data.RowBatch;
import org.consentry.data.SubjectIndex;

/**
 * What a transformer sees of a batch.
 *
 * @param batch the source rows
 * @param column position in the batch of the source column
 * @param rows numbers of the selected rows in the batch, ascending; may be longer than count
 * @param count how many rows are selected
 * @param subjects for each of the selected rows its subject's number (same positions as {@code
 *     rows})
 * @param index what is known of the subjects
 * @param invalid told of every value that cannot be taken
 */
@SuppressWarnings("ArrayRecordComponent") // the batch path shares arrays on purpose (house style)
public record TransformInput(
    RowBatch batch,
    int column,
    int[] rows,
    int count,
    int[] subjects,
    SubjectIndex index,
    Invalid invalid) {

  /** Told of values that cannot be taken; what happens then is the mapping's {@code onInvalid}. */
  public interface Invalid {

    /**
     * A selected row holds a value the operator cannot take. The operator gives a missing value for
     * it.
     *
     * @param position position among the selected rows, 0 to count - 1
     * @param expected what was expected, in words, without content
     */
    void at(int position, String expected);

    /**
     * A selected row holds a value that the operator does not release, though it is valid. The
     * operator gives a missing value, which is counted whatever {@code onInvalid} says.
     *
     * @param position position among the selected rows, 0 to count - 1
     */
    default void unreleased(int position) {}
  }
}
