package org.consentry.testing;

import java.util.Optional;
import java.util.Set;
import org.consentry.data.Effect;
import org.consentry.data.Field;
import org.consentry.data.FieldType;
import org.consentry.data.OnInvalid;
import org.consentry.data.PlannedColumn;
import org.consentry.data.RecordCategory;
import org.consentry.operator.Operator;
import org.consentry.plan.OutputColumn;

/** Released columns that no mapping describes. */
public final class Outputs {

  private Outputs() {}

  /** A column of one source column. */
  public static OutputColumn of(
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
  public static OutputColumn of(
      Field field,
      int position,
      String source,
      Operator operator,
      OnInvalid onInvalid,
      Set<RecordCategory> categories) {
    return new OutputColumn(planned(source, field, onInvalid, categories), position, operator);
  }

  /** A column of whole numbers that is made of several. */
  public static PlannedColumn derived(
      String name, OnInvalid onInvalid, Set<RecordCategory> categories) {
    return planned("", new Field(name, FieldType.INTEGER, ""), onInvalid, categories);
  }

  private static PlannedColumn planned(
      String source, Field field, OnInvalid onInvalid, Set<RecordCategory> categories) {
    return new PlannedColumn(
        "table",
        PlannedColumn.Origin.SOURCE_COLUMN,
        source,
        "sensitive",
        "keep",
        new Effect.TrueValue(),
        PlannedColumn.NOT_RELEASED,
        categories,
        "",
        Optional.of(new PlannedColumn.Released(field, "", onInvalid, Set.of())));
  }
}
