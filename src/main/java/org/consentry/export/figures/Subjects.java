package org.consentry.export.figures;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import org.consentry.data.Column;
import org.consentry.release.ColumnFigures;
import org.consentry.release.ColumnFigures.Shape;

/** Counts the column of the subject's code: a subject has one code and no code is another's. */
final class Subjects implements ColumnCount {

  private static final int EMPTY = 0;
  private static final int CODES = 1;

  private Cells cells = new Cells();
  private long count;

  /** Counts. */
  Subjects() {
    cells.open();
    cells.open();
  }

  @Override
  public void add(Column column, int[] subjects) {
    cells.addAll(CODES, subjects, column.rows());
    if (column.rows() > 0) {
      count = subjects[column.rows() - 1] + 1L;
    }
  }

  @Override
  public void join(ColumnCount later, int offset) {
    Subjects other = (Subjects) later;
    cells.join(CODES, other.cells, CODES, offset);
    count = other.count == 0 ? count : offset + other.count;
  }

  @Override
  public ColumnFigures figures() {
    Shown shown = new Shown(cells, EMPTY);
    shown.other(cells, CODES);
    return shown.figures(Shape.VALUES, count, bars -> List.of());
  }

  @Override
  public void write(DataOutput out) throws IOException {
    cells.write(out);
    out.writeLong(count);
  }

  @Override
  public void read(DataInput in) throws IOException {
    cells = Cells.read(in);
    count = in.readLong();
  }
}
