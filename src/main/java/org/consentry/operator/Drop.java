package org.consentry.operator;

import java.util.List;
import java.util.Optional;
import org.consentry.data.Effect;
import org.consentry.problem.Problems;

/** Releases nothing of a column. */
final class Drop implements OperatorFactory<Drop.Config> {

  /** {@code drop} has no keys. */
  record Config() {}

  @Override
  public String name() {
    return "drop";
  }

  @Override
  public Class<Config> config() {
    return Config.class;
  }

  @Override
  public Effect effect(Config config) {
    return new Effect.Removes();
  }

  @Override
  public List<String> outputs() {
    return List.of();
  }

  @Override
  public Optional<Operator> bind(Config config, RuleContext context, Problems problems) {
    throw new IllegalStateException("a dropped column is not bound");
  }
}
