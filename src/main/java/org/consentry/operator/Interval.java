package org.consentry.operator;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.consentry.config.Binding.Default;
import org.consentry.config.Doc;
import org.consentry.data.CivilDate;
import org.consentry.data.Effect;
import org.consentry.data.Effect.IntervalUnit;
import org.consentry.data.FieldType;
import org.consentry.data.LongColumn;
import org.consentry.data.OperatorNote;
import org.consentry.data.PlausibleDays;
import org.consentry.operator.text.DateReader;
import org.consentry.problem.Problems;

/**
 * The time between two dates of a row, or between one and the subject's death, in whole days or
 * full years; negative when the second comes first. Missing when either date is, and when the dates
 * are 90 full years or more apart: a patient who was present at both was then over 89 (45 CFR
 * 164.514(b)(2)(i)(C)). The subject's birth date is refused: the time since birth is an age, and
 * {@code age} hides those over 89. Dates that are no {@link PlausibleDays} are invalid: the
 * interval to one would reveal the other date.
 */
final class Interval implements OperatorFactory<Interval.Config> {

  private static final String START = "start";
  private static final String END = "end";

  /**
   * Keys of {@code interval}.
   *
   * @param in what the interval is counted in
   */
  record Config(@Doc("what the interval is counted in") @Default("days") IntervalUnit in) {}

  @Override
  public String name() {
    return "interval";
  }

  @Override
  public Class<Config> config() {
    return Config.class;
  }

  @Override
  public Effect effect(Config config) {
    return new Effect.Interval(config.in());
  }

  @Override
  public List<Input> inputs() {
    return List.of(new Input(START, Takes.ONE), new Input(END, Takes.ONE));
  }

  @Override
  public List<String> outputs() {
    return List.of("interval");
  }

  @Override
  public Optional<Operator> bind(Config config, RuleContext context, Problems problems) {
    boolean fits = TypeCheck.accepts(name(), context, problems, FieldType.Kind.INTEGER);
    if (context.reads().contains(new InputSource.OfSubject(SubjectAttribute.BIRTH_DATE))) {
      problems.error(
          "INTERVAL_FROM_BIRTH",
          context.place(),
          "the time from or to a birth is an age, and an interval hides none over 89",
          "use age with of: subject.birthDate and topCode: 89 on the column of the date");
      fits = false;
    }
    if (context.reads().get(0).equals(context.reads().get(1))) {
      problems.error(
          "INTERVAL_OF_NOTHING",
          context.place(),
          "start and end are the same date",
          "name two dates");
      fits = false;
    }
    Between between =
        new Between(
            config.in(),
            List.of(context.reader(0), context.reader(1)),
            context.mapping().calendar().days());
    return fits
        ? Optional.of(
            PlannedOperator.keyless(
                name(),
                note(config, context),
                PerTuple.of(List.of(FieldType.INTEGER), PerTuple.Memory.NO_MEMORY, between)))
        : Optional.empty();
  }

  private static OperatorNote note(Config config, RuleContext context) {
    String unit = config.in() == IntervalUnit.DAYS ? "days" : "full years";
    Map<String, String> parameters = new TreeMap<>(context.words());
    parameters.put("in", unit);
    parameters.put("withheld", "90 full years and more");
    return new OperatorNote(
        "generalization",
        "Two dates were replaced by the time between them, in "
            + unit
            + "; dates 90 years or more apart have none.",
        "The interval; no date.",
        parameters);
  }

  /** Subtracts. */
  private record Between(IntervalUnit in, List<DateReader> formats, PlausibleDays days)
      implements PerTuple.Function {

    @Override
    public void of(Tuple tuple, TupleAnswer answer) {
      long start = tuple.day(0, formats.get(0));
      long end = tuple.day(1, formats.get(1));
      if (!isTaken(0, start, answer) || !isTaken(1, end, answer)) {
        return;
      }
      if (start != LongColumn.MISSING && end != LongColumn.MISSING) {
        long years = years(start, end);
        if (Math.abs(years) <= Ages.TOP_CODE) {
          answer.number(0, in == IntervalUnit.DAYS ? end - start : years);
        }
      }
    }

    /** Whether a date is missing or a real one; otherwise the answer names what was expected. */
    private boolean isTaken(int input, long day, TupleAnswer answer) {
      boolean taken = day == LongColumn.MISSING || days.includes(day);
      if (!taken) {
        answer.invalid(input, formats.get(input).date() + days.words());
      }
      return taken;
    }

    /** Full years, counted towards zero. */
    private static long years(long from, long to) {
      int first = CivilDate.pack(from);
      int last = CivilDate.pack(to);
      return first <= last
          ? CivilDate.yearsBetween(first, last)
          : -(long) CivilDate.yearsBetween(last, first);
    }
  }
}
