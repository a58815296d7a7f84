package org.consentry.plan;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.consentry.data.Field;
import org.consentry.data.FieldType;
import org.consentry.operator.OnInvalid;
import org.consentry.operator.Operator;
import org.consentry.operator.OperatorKeys;
import org.consentry.operator.OperatorNote;
import org.consentry.operator.Transformer;

/** Stands where a table that is only looked at has no output; it can never be opened. */
final class NoOutput implements Operator {

  static final Field FIELD = new Field("nothing", FieldType.TEXT, "");

  private NoOutput() {}

  static OutputColumn column(int position) {
    return new OutputColumn(FIELD.name(), position, "", new NoOutput(), OnInvalid.STOP, Set.of());
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
