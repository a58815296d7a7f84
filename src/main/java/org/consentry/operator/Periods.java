package org.consentry.operator;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.data.Effect;
import org.consentry.data.FieldType;
import org.consentry.data.IsoDates;
import org.consentry.data.OperatorNote;
import org.consentry.operator.text.ByteOutput;
import org.consentry.operator.text.DateReader;
import org.consentry.problem.Problems;

/**
 * Dates to periods shorter than a year. As a code, periods read {@code 2026-Q1}, {@code 2026-03},
 * {@code 2026-W09} (ISO 8601); as a date, they are their first day.
 */
abstract class Periods implements OperatorFactory<Periods.Config> {

  private final String word;
  private final Effect.PeriodUnit unit;

  Periods(String word, Effect.PeriodUnit unit) {
    this.word = word;
    this.unit = unit;
  }

  /** {@code to: quarter}, {@code month} and {@code week} have no keys. */
  record Config() {}

  /** The first day of the period of a day, both days since 1970-01-01. */
  abstract long firstDay(long day);

  /** The period of a day since 1970-01-01 as a code. */
  abstract String label(long day);

  @Override
  public String name() {
    return Generalization.to(word);
  }

  @Override
  public Class<Config> config() {
    return Config.class;
  }

  @Override
  public Effect effect(Config config) {
    return new Effect.Period(unit);
  }

  @Override
  public Optional<Operator> bind(Config config, RuleContext context, Problems problems) {
    if (!TypeCheck.accepts(name(), context, problems, FieldType.Kind.CODE, FieldType.Kind.DATE)) {
      return Optional.empty();
    }
    OperatorNote note =
        new OperatorNote(
            "generalization",
            "Dates were replaced by their " + word + ".",
            "The " + word + ", and with it the season.",
            Map.of("to", word));
    DateReader format = context.reader();
    String expected = format.date() + DateReader.YEARS;
    Transformer transformer =
        context.type().kind() == FieldType.Kind.DATE
            ? PerValue.numbers(expected, (b, start, end) -> number(format.day(b, start, end)))
            : PerValue.bytes(
                expected, () -> (b, start, end, out) -> text(format.day(b, start, end), out));
    return Optional.of(
        PlannedOperator.keyless(Generalization.NAME, note, transformer)
            .with(levels(context.type().kind())));
  }

  /** Coarser periods; a week is inside no month and no quarter. */
  abstract List<Level> levels(FieldType.Kind kind);

  /** Quarters of months. */
  static Level quarters(FieldType.Kind kind) {
    String done = "Joined to quarters.";
    return kind == FieldType.Kind.DATE
        ? Level.ofNumbers("quarter", done, Map.of(), new Quarters()::firstDay)
        : Level.ofTexts(
            "quarter",
            done,
            month -> month.substring(0, 5) + "Q" + (Integer.parseInt(month.substring(5)) + 2) / 3);
  }

  /**
   * Years of periods: as a code the four digits, as a date the first day.
   *
   * @param deciding days from the first day of a period to the one that decides its year
   */
  static Level years(FieldType.Kind kind, int deciding) {
    String done = "Joined to years.";
    return kind == FieldType.Kind.DATE
        ? Level.ofNumbers(
            "year", done, Map.of(), day -> IsoDates.epochDay(IsoDates.year(day + deciding), 1, 1))
        : Level.ofTexts("year", done, period -> period.substring(0, 4));
  }

  private long number(long day) {
    return day == IsoDates.INVALID ? PerValue.INVALID : firstDay(day);
  }

  private PerValue.Answer text(long day, ByteOutput out) {
    if (day == IsoDates.INVALID) {
      return PerValue.Answer.INVALID;
    }
    out.append(label(day));
    return PerValue.Answer.GIVEN;
  }

  static String twoDigits(int number) {
    return number < 10 ? "0" + number : Integer.toString(number);
  }
}
