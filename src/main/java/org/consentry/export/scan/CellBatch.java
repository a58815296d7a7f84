package org.consentry.export.scan;

import java.util.Arrays;

/**
 * Some rows of a data file as ranges of bytes. Rows may have more cells than there are columns.
 * Reused; for one thread.
 */
final class CellBatch {

  /** The start of a cell that is missing. */
  static final int MISSING = -1;

  /** The value of a cell is in no dictionary. */
  static final int NO_ID = -1;

  byte[] bytes = new byte[0];
  int rows;
  int columns;

  /** First byte of each cell, by column and row. */
  int[][] starts = new int[0][];

  /** One past the last byte of each cell, by column and row. */
  int[][] ends = new int[0][];

  /**
   * Where the value of each cell is in the dictionary of its column, by column and row, or {@link
   * #NO_ID}. A file without dictionaries has none.
   */
  int[][] ids = new int[0][];

  /** What was decided of the values of the dictionaries, by column. */
  DecidedValues[] decided = new DecidedValues[0];

  void clear() {
    rows = 0;
  }

  /** Sets a cell of the row that follows the last complete one. */
  void cell(int column, int start, int end) {
    if (column >= columns) {
      addColumn();
    }
    if (rows == starts[column].length) {
      int size = 2 * rows;
      starts[column] = Arrays.copyOf(starts[column], size);
      ends[column] = Arrays.copyOf(ends[column], size);
    }
    starts[column][rows] = start == end ? MISSING : start;
    ends[column][rows] = end;
  }

  /** Makes room for rows whose cells are all set afterwards. */
  void reset(int columnCount, int rowCount) {
    columns = columnCount;
    rows = rowCount;
    if (columnCount > 0 && (starts.length < columnCount || starts[0].length < rowCount)) {
      starts = new int[columnCount][rowCount];
      ends = new int[columnCount][rowCount];
      ids = new int[columnCount][rowCount];
    }
  }

  void set(int column, int row, int start, int end, int id) {
    starts[column][row] = start == end ? MISSING : start;
    ends[column][row] = end;
    ids[column][row] = id;
  }

  /** Whether the cells of a column have ids. */
  boolean hasIds(int column) {
    return column < ids.length;
  }

  private void addColumn() {
    starts = Arrays.copyOf(starts, columns + 1);
    ends = Arrays.copyOf(ends, columns + 1);
    starts[columns] = new int[Math.max(1024, rows + 1)];
    ends[columns] = new int[Math.max(1024, rows + 1)];
    Arrays.fill(starts[columns], 0, rows, MISSING);
    columns++;
  }

  /** Ends a row, of which so many cells were set. */
  void endRow(int cells) {
    for (int column = cells; column < columns; column++) {
      cell(column, 0, 0);
    }
    rows++;
  }
}
