package org.consentry.operator;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.config.Doc;
import org.consentry.data.Effect;
import org.consentry.data.OperatorNote;
import org.consentry.operator.text.DateReader;
import org.consentry.problem.Problems;

/** Replaces every value by one constant. */
final class Substitute implements OperatorFactory<Substitute.Config> {

  /**
   * Keys of {@code substitute}.
   *
   * @param with what every value becomes; read as the declared type, dates the ISO way
   */
  record Config(@Doc("what every value becomes") String with) {}

  @Override
  public String name() {
    return "substitute";
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
    Optional<Transformer> transformer = constant(config.with(), context, problems);
    OperatorNote note =
        new OperatorNote(
            "masking",
            "Every value was replaced by one constant.",
            "Whether there was a value.",
            Map.of("with", config.with()));
    OperatorNote listing = note.withValues(List.of(config.with()));
    return transformer.map(made -> PlannedOperator.keyless(name(), listing, made));
  }

  private static Optional<Transformer> constant(
      String with, RuleContext context, Problems problems) {
    if (context.type().isBytes()) {
      return Optional.of(constant(with));
    }
    Optional<Long> value = ValueReader.constant(with, context.type());
    if (value.isEmpty()) {
      problems.error(
          "CONSTANT_NOT_OF_TYPE",
          context.place(),
          "'with' is not " + ValueReader.expected(context.type(), DateReader.ISO),
          "write a constant of the declared type, or declare another type");
    }
    return value.map(Substitute::constant);
  }

  /** One text for every value. */
  static Transformer constant(String text) {
    return PerValue.labels("any value", new Labels(List.of(text)), (b, start, end) -> 0);
  }

  private static Transformer constant(long value) {
    return PerValue.numbers("any value", (b, start, end) -> value);
  }
}
