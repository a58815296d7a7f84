package org.consentry.operator;

import java.util.Map;
import java.util.Optional;
import org.consentry.data.Effect;
import org.consentry.data.FieldType;
import org.consentry.data.OperatorNote;
import org.consentry.operator.text.DateReader;
import org.consentry.problem.Problems;

/**
 * Birth dates to birth years. Years at or before the floor {@code referenceDate.year - 90} become
 * the floor and mean "or before" (45 CFR 164.514(b)(2)(i)(C)). A birth after the reference date is
 * invalid.
 */
final class BirthYear implements OperatorFactory<BirthYear.Config> {

  /** {@code birth-year} has no keys. */
  record Config() {}

  @Override
  public String name() {
    return "birth-year";
  }

  @Override
  public Class<Config> config() {
    return Config.class;
  }

  @Override
  public Effect effect(Config config) {
    return new Effect.Period(Effect.PeriodUnit.BIRTH_YEAR);
  }

  @Override
  public Optional<Operator> bind(Config config, RuleContext context, Problems problems) {
    if (!TypeCheck.accepts(name(), context, problems, FieldType.Kind.INTEGER)) {
      return Optional.empty();
    }
    int floor = Ages.yearFloor(context.referenceDate());
    OperatorNote note =
        new OperatorNote(
            "generalization",
            "Birth dates were replaced by birth years; "
                + floor
                + " means "
                + floor
                + " or before.",
            "The birth year of people under 90.",
            Map.of("floor", Integer.toString(floor)),
            Map.of(Integer.toString(floor), floor + " or before"));
    DateReader format = context.reader();
    long lastDay = context.referenceDate().toEpochDay();
    int lastYear = context.referenceDate().getYear();
    Transformer transformer =
        PerValue.numbers(
            format.date() + " from 1000 to the reference date",
            (b, start, end) -> {
              long year = Years.of(format, b, start, end);
              if (year == PerValue.INVALID || year > lastYear) {
                return PerValue.INVALID;
              }
              // A year alone is no day, and INVALID is before every day.
              boolean late = year == lastYear && format.day(b, start, end) > lastDay;
              return late ? PerValue.INVALID : Math.max(year, floor);
            });
    return Optional.of(PlannedOperator.keyless(name(), note, transformer).with(Spans.years(floor)));
  }
}
