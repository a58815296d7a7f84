package org.consentry.plan;

import java.util.List;
import java.util.OptionalInt;
import org.consentry.data.PlannedColumn;
import org.consentry.data.Schema;

/** A table of the release as its rows are sorted, counted and written: read, or computed. */
public sealed interface ReleasedTable permits TableExtract, SpanTable {

  /** The table's name. */
  String name();

  /** The released columns, in order. */
  List<PlannedColumn> columns();

  /**
   * Position of the first column with the code of the row's subject: it leads the order in which
   * rows are released. Empty when none is released.
   */
  OptionalInt subjectOutput();

  /** Whether this is the table that describes subjects. */
  boolean isSubjects();

  /**
   * The released columns as the sink sees them.
   *
   * @throws IllegalArgumentException for a table that only a cohort looks at
   */
  default Schema schema() {
    return new Schema(name(), columns().stream().map(PlannedColumn::field).toList());
  }
}
