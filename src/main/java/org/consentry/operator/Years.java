package org.consentry.operator;

import java.util.Map;
import java.util.Optional;
import org.consentry.data.Blanks;
import org.consentry.data.Effect;
import org.consentry.data.FieldType;
import org.consentry.data.IsoDates;
import org.consentry.data.OperatorNote;
import org.consentry.operator.text.DateReader;
import org.consentry.operator.text.Numbers;
import org.consentry.problem.Problems;

/**
 * Dates to years, the only period that Safe Harbor allows (45 CFR 164.514(b)(2)(i)(C)). A year at
 * or before the floor {@code referenceDate.year - 90} becomes the floor and means "or before": an
 * event so long ago indicates an age over 89. A year after that of the reference date is invalid:
 * beside a birth year it would let an age over 89 be computed, which buckets formed at the
 * reference date do not hide.
 */
final class Years implements OperatorFactory<Years.Config> {

  /** {@code to: year} has no keys. */
  record Config() {}

  @Override
  public String name() {
    return Generalization.to("year");
  }

  @Override
  public Class<Config> config() {
    return Config.class;
  }

  @Override
  public Effect effect(Config config) {
    return new Effect.Period(Effect.PeriodUnit.YEAR);
  }

  @Override
  public Optional<Operator> bind(Config config, RuleContext context, Problems problems) {
    if (!TypeCheck.accepts(name(), context, problems, FieldType.Kind.INTEGER)) {
      return Optional.empty();
    }
    DateReader format = context.reader();
    int last = context.referenceDate().getYear();
    int floor = Ages.yearFloor(context.referenceDate());
    OperatorNote note =
        new OperatorNote(
            "generalization",
            "Dates were replaced by their year; " + floor + " means " + floor + " or before.",
            "The year.",
            Map.of("to", "year", "floor", Integer.toString(floor)),
            Map.of(Integer.toString(floor), floor + " or before"));
    Transformer transformer =
        PerValue.numbers(
            format.date() + " from 1000 to the year of the reference date",
            (b, start, end) -> {
              long year = of(format, b, start, end);
              return year > last || year == PerValue.INVALID
                  ? PerValue.INVALID
                  : Math.max(year, floor);
            });
    return Optional.of(
        PlannedOperator.keyless(Generalization.NAME, note, transformer).with(Spans.years(floor)));
  }

  /** The year of a date, of {@code yyyy-MM} or of {@code yyyy}; or {@link PerValue#INVALID}. */
  static long of(DateReader format, byte[] b, int from, int to) {
    int start = Blanks.start(b, from, to);
    int end = Blanks.end(b, start, to);
    int length = end - start;
    if (length == 4 || (length == 7 && b[start + 4] == '-' && isMonth(b, start + 5))) {
      long year = Numbers.integer(b, start, start + 4);
      return year >= 1000 ? year : PerValue.INVALID;
    }
    long day = format.day(b, start, end);
    return day == IsoDates.INVALID ? PerValue.INVALID : IsoDates.year(day);
  }

  private static boolean isMonth(byte[] b, int at) {
    int tens = b[at] - '0';
    int ones = b[at + 1] - '0';
    return tens == 0 ? ones >= 1 && ones <= 9 : tens == 1 && ones >= 0 && ones <= 2;
  }
}
