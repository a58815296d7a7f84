package org.consentry.operator;

import java.util.Map;
import java.util.Optional;
import org.consentry.data.Effect;
import org.consentry.data.FieldType;
import org.consentry.data.OperatorNote;
import org.consentry.problem.Problems;

/** Replaces every value by {@code [redacted]}: what remains is that there was one. */
final class Redact implements OperatorFactory<Redact.Config> {

  /** {@code redact} has no keys. */
  record Config() {}

  @Override
  public String name() {
    return "redact";
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
  public Optional<Operator> bind(Config config, RuleContext context, Problems problems) {
    if (!TypeCheck.accepts(name(), context, problems, FieldType.Kind.TEXT, FieldType.Kind.CODE)) {
      return Optional.empty();
    }
    OperatorNote note =
        new OperatorNote(
            "masking",
            "Every value was replaced by [redacted].",
            "Whether there was a value.",
            Map.of());
    return Optional.of(PlannedOperator.keyless(name(), note, Substitute.constant("[redacted]")));
  }
}
