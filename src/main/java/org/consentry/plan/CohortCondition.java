package org.consentry.plan;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.consentry.data.RecordCategory;

/**
 * A condition that brings a subject into the cohort: the subject has a record in a table whose
 * columns have one of the listed values and whose date is in a window. A record that consent
 * excludes includes no subject, and neither does a column that consent hides.
 *
 * @param table the table to look at, whose {@code sourceColumns} have what is named here
 * @param where for each position, the accepted values; all must match
 * @param date position of the date looked at; empty when no window is given
 * @param from first day, days since 1970-01-01; empty for no bound
 * @param to last day; empty for no bound
 * @param categories consent categories that columns named here have of their own
 */
public record CohortCondition(
    TableExtract table,
    List<ColumnIn> where,
    Optional<Integer> date,
    OptionalInt from,
    OptionalInt to,
    Set<RecordCategory> categories) {

  public CohortCondition {
    where = List.copyOf(where);
    categories = Set.copyOf(categories);
  }

  /**
   * A column has one of several values, compared byte by byte but for blanks at the ends.
   *
   * @param column position in the table's {@code sourceColumns}
   * @param values accepted values, not empty
   */
  public record ColumnIn(int column, Set<String> values) {
    public ColumnIn {
      values = Set.copyOf(values);
    }
  }
}
