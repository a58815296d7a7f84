package org.consentry.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.consentry.data.Effect;
import org.consentry.data.Field;
import org.consentry.data.FieldType;
import org.consentry.data.OnInvalid;
import org.consentry.data.OperatorNote;
import org.consentry.data.PlannedColumn;
import org.consentry.operator.Operator;
import org.consentry.operator.OperatorKeys;
import org.consentry.operator.Transformer;

/** Stands where a table that is only looked at has no output; it can never be opened. */
final class NoOutput implements Operator {

  static final Field FIELD = new Field("nothing", FieldType.TEXT, "");

  private NoOutput() {}

  static OutputColumn column(String table, int position) {
    Operator nothing = new NoOutput();
    PlannedColumn column =
        new PlannedColumn(
            table,
            PlannedColumn.Origin.SOURCE_COLUMN,
            "",
            "",
            nothing.name(),
            new Effect.Removes(),
            nothing.notes().get(0),
            Set.of(),
            "",
            Optional.of(new PlannedColumn.Released(FIELD, "", OnInvalid.STOP, Set.of())));
    return new OutputColumn(column, position, nothing);
  }

  @Override
  public String name() {
    return "nothing";
  }

  @Override
  public List<OperatorNote> notes() {
    return List.of(new OperatorNote("none", "Nothing is released.", "Nothing.", Map.of()));
  }

  @Override
  public Transformer open(OperatorKeys keys) {
    throw new IllegalStateException("a table that is only looked at releases nothing");
  }
}
