package org.consentry.operator;

import java.util.Map;
import java.util.Optional;
import org.consentry.config.Doc;
import org.consentry.data.Effect;
import org.consentry.data.FieldType;
import org.consentry.data.OperatorNote;
import org.consentry.problem.Problems;

/** Releases how long a text is, in bytes of UTF-8. */
final class Length implements OperatorFactory<Length.Config> {

  /**
   * Keys of {@code length}.
   *
   * @param atMost the length of all longer texts; default 1000
   */
  record Config(@Doc("the length of all longer texts; default 1000") Optional<Integer> atMost) {
    Config {
      if (atMost.orElse(1000) < 1) {
        throw new IllegalArgumentException("atMost must be at least 1");
      }
    }
  }

  @Override
  public String name() {
    return "length";
  }

  @Override
  public Class<Config> config() {
    return Config.class;
  }

  @Override
  public Effect effect(Config config) {
    return new Effect.TruePart(Optional.empty());
  }

  @Override
  public Optional<Operator> bind(Config config, RuleContext context, Problems problems) {
    if (!TypeCheck.accepts(name(), context, problems, FieldType.Kind.INTEGER)) {
      return Optional.empty();
    }
    int atMost = config.atMost().orElse(1000);
    OperatorNote note =
        new OperatorNote(
            "generalization",
            "Every text was replaced by its length.",
            "The length, up to " + atMost + ".",
            Map.of("atMost", Integer.toString(atMost)));
    Transformer lengths =
        PerValue.numbers("text", (bytes, start, end) -> Math.min(atMost, end - start));
    return Optional.of(PlannedOperator.keyless(name(), note, lengths));
  }
}
