package org.consentry.consent;

import java.nio.charset.StandardCharsets;
import org.consentry.data.Blanks;
import org.consentry.data.BytesColumn;

/**
 * Where the cells of one column of a batch are, without {@link Blanks} at their ends. Valid until
 * the next batch is taken. Not thread-safe.
 */
final class Cells {

  private byte[] buffer = new byte[0];
  private int[] starts = new int[0];
  private int[] ends = new int[0];

  /** Takes the column of the next batch. A missing cell, which starts below 0, is empty. */
  void take(BytesColumn column) {
    int rows = column.rows();
    if (starts.length < rows) {
      starts = new int[rows];
      ends = new int[rows];
    }
    buffer = column.buffer();
    for (int row = 0; row < rows; row++) {
      boolean isMissing = column.isMissing(row);
      int from = isMissing ? 0 : column.starts()[row];
      int to = isMissing ? 0 : column.ends()[row];
      starts[row] = Blanks.start(buffer, from, to);
      ends[row] = Blanks.end(buffer, starts[row], to);
    }
  }

  byte[] buffer() {
    return buffer;
  }

  int start(int row) {
    return starts[row];
  }

  int end(int row) {
    return ends[row];
  }

  int length(int row) {
    return ends[row] - starts[row];
  }

  /** The text of a cell. */
  String text(int row) {
    return length(row) == 0
        ? ""
        : new String(buffer, starts[row], length(row), StandardCharsets.UTF_8);
  }
}
