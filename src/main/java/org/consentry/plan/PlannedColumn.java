package org.consentry.plan;

import java.util.Optional;
import org.consentry.data.FieldType;
import org.consentry.data.RecordCategory;
import org.consentry.mapping.Role;
import org.consentry.problem.Place;
import org.consentry.transform.OperatorNote;

/**
 * What becomes of one source column, for codebook, manifest and policy check. A source column with
 * several outputs is planned several times.
 *
 * @param table name of the table
 * @param source name of the source column
 * @param name the released name; empty when nothing is released
 * @param role why the source column matters; empty when the mapping has no rule for it
 * @param operator what happens to it, as the mapping says; {@code drop} for a column without a rule
 * @param note what the operator does; empty when nothing is released
 * @param type what the released values are; empty when nothing is released
 * @param category consent category that decides its cells
 * @param why why the study needs it
 * @param label plain words for the recipient
 * @param unit unit of the released values
 * @param place where the rule stands
 */
public record PlannedColumn(
    String table,
    String source,
    Optional<String> name,
    Optional<Role> role,
    String operator,
    Optional<OperatorNote> note,
    Optional<FieldType> type,
    RecordCategory category,
    Optional<String> why,
    Optional<String> label,
    Optional<String> unit,
    Place place) {

  public PlannedColumn {
    if (name.isPresent() != note.isPresent() || name.isPresent() != type.isPresent()) {
      throw new IllegalArgumentException("a released column has a name, a note and a type");
    }
  }
}
