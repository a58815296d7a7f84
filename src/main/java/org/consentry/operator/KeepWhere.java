package org.consentry.operator;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.consentry.config.Binding.OneOrMany;
import org.consentry.config.Doc;
import org.consentry.data.Effect;
import org.consentry.data.FieldType;
import org.consentry.data.OperatorNote;
import org.consentry.operator.text.BytesLookup;
import org.consentry.problem.Problems;

/**
 * Releases a text as it is in the rows in which another column has one of some words, and nothing
 * in all others.
 */
final class KeepWhere implements OperatorFactory<KeepWhere.Config> {

  private static final int VALUE = 0;
  private static final int WHERE = 1;

  /**
   * Keys of {@code keepWhere}.
   *
   * @param is the words of the other column; blanks at the ends of its cells do not count
   */
  record Config(@Doc("the words of the other column") @OneOrMany List<String> is) {
    Config {
      is = is.stream().distinct().toList();
    }
  }

  @Override
  public String name() {
    return Operators.KEEP_WHERE;
  }

  @Override
  public Class<Config> config() {
    return Config.class;
  }

  @Override
  public Effect effect(Config config) {
    return new Effect.TrueValue();
  }

  @Override
  public List<Input> inputs() {
    return List.of(new Input("value", Takes.ONE), new Input("where", Takes.ONE));
  }

  @Override
  public Optional<Operator> bind(Config config, RuleContext context, Problems problems) {
    boolean fits =
        TypeCheck.accepts(name(), context, problems, FieldType.Kind.TEXT, FieldType.Kind.CODE);
    fits &= TypeCheck.readsRowsOnly(name(), context, problems);
    if (!fits) {
      return Optional.empty();
    }
    Map<String, String> parameters = new TreeMap<>(context.words());
    parameters.put("is", String.join(", ", config.is()));
    OperatorNote note =
        new OperatorNote(
            "suppression",
            "Values are as in the source where another column has one of some words; the others"
                + " were removed.",
            "The values there, and where they are.",
            parameters);
    BytesLookup words = new BytesLookup(config.is());
    PerTuple.Function kept =
        (tuple, answer) -> {
          if (!tuple.isMissing(VALUE)
              && !tuple.isMissing(WHERE)
              && words.findTrimmed(tuple.buffer(WHERE), tuple.start(WHERE), tuple.end(WHERE))
                  >= 0) {
            answer.bytes(0, tuple.buffer(VALUE), tuple.start(VALUE), tuple.end(VALUE));
          }
        };
    FieldType type = context.outputs().get(0).type();
    return Optional.of(
        PlannedOperator.keyless(
            name(), note, PerTuple.of(List.of(type), PerTuple.Memory.NO_MEMORY, kept)));
  }
}
