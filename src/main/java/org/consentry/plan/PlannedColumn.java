package org.consentry.plan;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.consentry.config.OutputRule.Role;
import org.consentry.data.Effect;
import org.consentry.data.FieldType;
import org.consentry.data.RecordCategory;
import org.consentry.operator.OperatorNote;
import org.consentry.problem.Place;

/**
 * What becomes of one source column, or what one derived column is made of, for codebook and
 * manifest. A source column with several outputs is planned several times.
 *
 * @param table name of the table
 * @param origin whether it is made of one source column
 * @param source name of the source column; of a derived column the names of all its inputs, which
 *     are for reading only
 * @param name the released name; empty when nothing is released
 * @param role why the source column matters; empty when the mapping has no rule for it
 * @param operator what happens to it, as the mapping says; {@code drop} for a column without a rule
 * @param effect what its cells still reveal of the source column
 * @param note what the operator does; empty when nothing is released
 * @param type what the released values are; empty when nothing is released
 * @param categories consent categories that decide its cells; every one must cover a cell
 * @param why why the study needs it
 * @param label plain words for the recipient
 * @param unit unit of the released values
 * @param place where the rule stands
 */
public record PlannedColumn(
    String table,
    Origin origin,
    String source,
    Optional<String> name,
    Optional<Role> role,
    String operator,
    Effect effect,
    Optional<OperatorNote> note,
    Optional<FieldType> type,
    Set<RecordCategory> categories,
    Optional<String> why,
    Optional<String> label,
    Optional<String> unit,
    Place place) {

  /** What a column is made of. */
  public enum Origin {
    SOURCE_COLUMN,
    DERIVED
  }

  public PlannedColumn {
    categories = Collections.unmodifiableSet(EnumSet.copyOf(categories));
    if (name.isPresent() != note.isPresent() || name.isPresent() != type.isPresent()) {
      throw new IllegalArgumentException("a released column has a name, a note and a type");
    }
  }

  /** Whether it is made of this source column alone. */
  public boolean isOf(String column) {
    return origin == Origin.SOURCE_COLUMN && source.equals(column);
  }

  /**
   * Whether equal values of both source columns are released as equal values, so that the released
   * columns can be joined.
   */
  public boolean joins(PlannedColumn other) {
    return name.isPresent()
        && operator.equals(other.operator)
        && type.equals(other.type)
        && note.map(OperatorNote::parameters).equals(other.note.map(OperatorNote::parameters));
  }
}
