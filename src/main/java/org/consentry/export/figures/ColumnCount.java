package org.consentry.export.figures;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.consentry.data.Column;
import org.consentry.release.ColumnFigures;

/** Counts the values of one released column in bounded memory. Not thread-safe. */
sealed interface ColumnCount permits Numbers, Subjects, Words {

  /**
   * Adds the rows of a batch.
   *
   * @param subjects the number of each row's subject, which never falls
   */
  void add(Column column, int[] subjects);

  /**
   * Adds what was counted of later rows of the same column.
   *
   * @param offset what is added to the numbers of its people
   */
  void join(ColumnCount later, int offset);

  /** What may be shown. */
  ColumnFigures figures();

  /** Writes what was counted. */
  void write(DataOutput out) throws IOException;

  /** Reads into a new count of the same column what {@link #write} wrote. */
  void read(DataInput in) throws IOException;
}
