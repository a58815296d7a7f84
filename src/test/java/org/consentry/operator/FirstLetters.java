package org.consentry.operator;

import java.util.Map;
import java.util.Optional;
import org.consentry.config.Doc;
import org.consentry.data.Effect;
import org.consentry.data.FieldType;
import org.consentry.data.OperatorNote;
import org.consentry.problem.Problems;

/** An operator that is not shipped: keeps the first letters of a value, in upper case. */
public final class FirstLetters implements OperatorFactory<FirstLetters.Config> {

  /**
   * Keys of {@code first-letters}.
   *
   * @param letters how many are kept, 1 to 3
   */
  public record Config(@Doc("how many are kept, 1 to 3") int letters) {
    public Config {
      if (letters < 1 || letters > 3) {
        throw new IllegalArgumentException("letters must be 1 to 3 but was " + letters);
      }
    }
  }

  @Override
  public String name() {
    return "first-letters";
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
    if (!TypeCheck.accepts(name(), context, problems, FieldType.Kind.CODE)) {
      return Optional.empty();
    }
    OperatorNote note =
        new OperatorNote(
            "masking",
            "The first letters were kept.",
            "The first letters.",
            Map.of("letters", Integer.toString(config.letters())));
    Transformer transformer =
        PerValue.bytes(
            "letters",
            () ->
                (buffer, start, end, output) -> {
                  for (int at = start; at < Math.min(end, start + config.letters()); at++) {
                    if (buffer[at] < 'a' || buffer[at] > 'z') {
                      return PerValue.Answer.INVALID;
                    }
                    output.append(Character.toString(buffer[at] - 'a' + 'A'));
                  }
                  return PerValue.Answer.GIVEN;
                });
    return Optional.of(PlannedOperator.keyless(name(), note, transformer));
  }
}
