package org.consentry.operator;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.data.Effect;
import org.consentry.data.FieldType;
import org.consentry.data.OperatorNote;
import org.consentry.data.PowersOfTen;
import org.consentry.operator.text.Numbers;
import org.consentry.problem.CountWords;
import org.consentry.problem.Problems;

/**
 * Numbers to the nearest multiple of a step; halfway between two, to the one away from zero. Digits
 * beyond the sixth after the point, or beyond those of the type, are rounded first: programs write
 * 48858.52 as {@code 48858.520000000004}.
 */
final class Rounding implements OperatorFactory<Rounding.Config> {

  private static final int LEAST_SCALE = 6;

  /**
   * Keys of {@code generalize} with {@code to: rounding}.
   *
   * @param by the step, a positive number such as {@code 10} or {@code 0.5}
   */
  record Config(String by) {}

  @Override
  public String name() {
    return Generalization.to("rounding");
  }

  @Override
  public Class<Config> config() {
    return Config.class;
  }

  @Override
  public Effect effect(Config config) {
    return new Effect.TruePart(Optional.empty());
  }

  /** Checks what a mapping writes. */
  static void check(String by) {
    if (!by.matches("\\d{1,12}(\\.\\d{1,6})?") || new BigDecimal(by).signum() == 0) {
      throw new IllegalArgumentException("by must be a positive number such as 10 or 0.5");
    }
  }

  @Override
  public Optional<Operator> bind(Config config, RuleContext context, Problems problems) {
    if (!TypeCheck.accepts(
        name(), context, problems, FieldType.Kind.INTEGER, FieldType.Kind.DECIMAL)) {
      return Optional.empty();
    }
    FieldType type = context.type();
    String by = config.by();
    BigDecimal step = new BigDecimal(by).stripTrailingZeros();
    if (type.kind() == FieldType.Kind.DECIMAL && wholeDigits(step) > wholeDigits(type)) {
      problems.error(
          "STEP_NOT_IN_TYPE",
          context.place(),
          "multiples of "
              + by
              + " need "
              + CountWords.of(wholeDigits(step), "digit")
              + " before the point but the rule declares "
              + type,
          "declare a decimal with as many digits, or a finer step");
      return Optional.empty();
    }
    if (step.scale() > type.scale()) {
      problems.error(
          "STEP_NOT_IN_TYPE",
          context.place(),
          "multiples of "
              + by
              + " need "
              + CountWords.of(step.scale(), "digit")
              + " after the point but the rule"
              + " declares "
              + type,
          "declare a decimal with as many digits, or a coarser step");
      return Optional.empty();
    }
    OperatorNote note =
        new OperatorNote(
            "rounding",
            "Numbers were rounded to the nearest multiple of " + by + ".",
            "The order of rounded numbers.",
            Map.of("to", "rounding", "by", by));
    Transformer transformer =
        PerValue.numbers("a number that fits " + type + " once rounded", round(step, type));
    return Optional.of(
        PlannedOperator.keyless(Generalization.NAME, note, transformer).with(levels(step, type)));
  }

  /** Multiples of five and of twenty-five steps: the next one towards zero, which fits the type. */
  private static List<Level> levels(BigDecimal step, FieldType type) {
    List<Level> levels = new ArrayList<>();
    for (int times : List.of(5, 25)) {
      BigDecimal coarse = step.multiply(BigDecimal.valueOf(times)).stripTrailingZeros();
      BigDecimal units = coarse.movePointRight(type.scale());
      if (units.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
        break;
      }
      long size = units.longValueExact();
      levels.add(
          Level.ofNumbers(
              "multiples of " + coarse.toPlainString(),
              "Then cut to the multiple of " + coarse.toPlainString() + " towards zero.",
              Map.of(),
              number -> number / size * size));
    }
    levels.add(Level.NONE);
    return levels;
  }

  private static int wholeDigits(BigDecimal step) {
    return step.precision() - step.scale();
  }

  private static int wholeDigits(FieldType type) {
    return type.precision() - type.scale();
  }

  /** A step that fits the type is at most 18 digits long at its scale. */
  private static PerValue.ToLong round(BigDecimal by, FieldType type) {
    int scale = Math.max(LEAST_SCALE, type.scale());
    long step = by.movePointRight(scale).longValueExact();
    long unit = PowersOfTen.of(scale - type.scale());
    long limit =
        type.kind() == FieldType.Kind.INTEGER ? Long.MAX_VALUE : PowersOfTen.of(type.precision());
    return (b, start, end) -> {
      long number = Numbers.rounded(b, start, end, scale);
      if (number == Numbers.INVALID) {
        return PerValue.INVALID;
      }
      long rounded = (2 * Math.abs(number) + step) / (2 * step) * step / unit;
      return rounded >= limit ? PerValue.INVALID : number < 0 ? -rounded : rounded;
    };
  }
}
