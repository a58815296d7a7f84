package org.consentry.operator;

import java.nio.charset.StandardCharsets;
import org.consentry.data.BytesColumn;
import org.consentry.data.LongColumn;
import org.consentry.data.SubjectIndex;
import org.consentry.operator.TransformInput.Values;
import org.consentry.operator.text.DateReader;

/**
 * The inputs of one row, moved from row to row. Inputs are numbered in the order of {@link
 * RuleContext#reads()}. Used by one thread, and only during the call it is handed to.
 */
final class Tuple {

  private final Values[] inputs;
  private final int[] rows;
  private final int[] subjects;
  private int position;

  Tuple(TransformInput input) {
    this.inputs = input.inputs().toArray(new Values[0]);
    this.rows = input.rows();
    this.subjects = input.subjects();
  }

  void moveTo(int row) {
    position = row;
  }

  /** Whether nothing is known. An empty cell is missing. */
  boolean isMissing(int input) {
    return inputs[input] instanceof Values.Cells cells
        ? cells.column().isMissing(rows[position])
        : day((Values.Days) inputs[input]) == SubjectIndex.UNKNOWN_DAY;
  }

  /**
   * The text of a cell that is not missing.
   *
   * @throws IllegalArgumentException when the input is no column of the row
   */
  String text(int input) {
    int start = start(input);
    return new String(buffer(input), start, end(input) - start, StandardCharsets.UTF_8);
  }

  /** The UTF-8 bytes of a cell, together with others. */
  byte[] buffer(int input) {
    return cells(input).column().buffer();
  }

  /** Where a cell begins in its buffer, or {@link BytesColumn#MISSING}. */
  int start(int input) {
    Values.Cells cells = cells(input);
    return cells.column().starts()[rows[position]];
  }

  /** Where a cell ends in its buffer. */
  int end(int input) {
    Values.Cells cells = cells(input);
    return cells.column().ends()[rows[position]];
  }

  /** A day of cell or subject, {@link LongColumn#MISSING} or {@link PerValue#INVALID}. */
  long day(int input, DateReader format) {
    if (isMissing(input)) {
      return LongColumn.MISSING;
    }
    return inputs[input] instanceof Values.Days days
        ? day(days)
        : format.day(buffer(input), start(input), end(input));
  }

  private int day(Values.Days days) {
    return days.days()[subjects[position]];
  }

  private Values.Cells cells(int input) {
    if (inputs[input] instanceof Values.Cells cells) {
      return cells;
    }
    throw new IllegalArgumentException("input " + input + " is no column of the row");
  }
}
