package org.consentry.operator;

import java.util.Map;
import java.util.Optional;
import org.consentry.data.Effect;
import org.consentry.data.OperatorNote;
import org.consentry.problem.Problems;

/** Releases values as they are, read as the declared type. */
final class Keep implements OperatorFactory<Keep.Config> {

  /** {@code keep} has no keys. */
  record Config() {}

  @Override
  public String name() {
    return Operators.KEEP;
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
  public Optional<Operator> bind(Config config, RuleContext context, Problems problems) {
    OperatorNote note =
        new OperatorNote("none", "Values are as in the source.", "Everything.", Map.of());
    Transformer reader = ValueReader.of(context.type(), context.reader());
    return Optional.of(PlannedOperator.keyless(name(), note, reader));
  }
}
