package org.consentry.testing;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.consentry.data.Effect;
import org.consentry.data.Field;
import org.consentry.data.FieldType;
import org.consentry.data.OnInvalid;
import org.consentry.data.PlannedColumn;
import org.consentry.data.RecordCategory;
import org.consentry.operator.Operator;
import org.consentry.plan.ReleasedColumns;

/** Released columns that no mapping describes. */
public final class Outputs {

  private Outputs() {}

  /** A column of one source column. */
  public static ReleasedColumns of(
      String name,
      int position,
      String source,
      PlainOperator operator,
      OnInvalid onInvalid,
      Set<RecordCategory> categories) {
    return of(
        new Field(name, operator.type(), ""), position, source, operator, onInvalid, categories);
  }

  /** A column of one source column. */
  public static ReleasedColumns of(
      Field field,
      int position,
      String source,
      Operator operator,
      OnInvalid onInvalid,
      Set<RecordCategory> categories) {
    return new ReleasedColumns(
        operator,
        List.of(new ReleasedColumns.Input.OfRow(source, position)),
        List.of(planned(PlannedColumn.Origin.SOURCE_COLUMN, source, field, onInvalid, categories)));
  }

  /** A column of whole numbers that is made of several. */
  public static PlannedColumn derived(
      String name, OnInvalid onInvalid, Set<RecordCategory> categories) {
    return planned(
        PlannedColumn.Origin.DERIVED,
        "",
        new Field(name, FieldType.INTEGER, ""),
        onInvalid,
        categories);
  }

  private static PlannedColumn planned(
      PlannedColumn.Origin origin,
      String source,
      Field field,
      OnInvalid onInvalid,
      Set<RecordCategory> categories) {
    return new PlannedColumn(
        "table",
        origin,
        source,
        "sensitive",
        "keep",
        new Effect.TrueValue(),
        PlannedColumn.NOT_RELEASED,
        categories,
        PlannedColumn.Texts.reason(""),
        Optional.of(new PlannedColumn.Released(field, onInvalid, Set.of())));
  }
}
