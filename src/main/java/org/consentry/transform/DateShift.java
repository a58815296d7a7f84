package org.consentry.transform;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.consentry.component.Doc;
import org.consentry.data.BytesColumn;
import org.consentry.data.FieldType;
import org.consentry.data.IsoDates;
import org.consentry.data.LongColumn;
import org.consentry.problem.Problems;

/**
 * Moves all dates of a subject by the same number of days, never by none. Intervals within a
 * subject survive. Not a Safe Harbor technique: a shifted day is still derived from the true one.
 *
 * <p>With a study window, shifted dates are released only where every shift could have led to them
 * ("shift and truncate", Hripcsak 2016, doi 10.1093/jamia/ocw001): from {@code from + maxDays} to
 * {@code to - maxDays}. Outside, the released cell is missing.
 *
 * <p>Dates that are no {@link RealDays} are invalid: a shifted one would tell its subject's shift.
 */
final class DateShift implements OperatorFactory<DateShift.Config> {

  private static final int DEFAULT_MAX_DAYS = 365;

  /** What shifts keep. */
  enum Preserve {
    NOTHING,
    WEEKDAY
  }

  /**
   * Keys of {@code dateShift}.
   *
   * @param maxDays the greatest shift in either direction, 1 to 3650 days; default 365
   * @param preserve {@code weekday} shifts by whole weeks; default {@code nothing}
   * @param from first day of the study window; with {@code to}
   * @param to last day of the study window; with {@code from}
   * @param format how dates are written in the source; default {@code iso}
   */
  record Config(
      @Doc("the greatest shift in either direction, 1 to 3650 days; default 365")
          Optional<Integer> maxDays,
      @Doc("what shifts keep; default nothing") Optional<Preserve> preserve,
      @Doc("first day of the study window; with to") Optional<LocalDate> from,
      @Doc("last day of the study window; with from") Optional<LocalDate> to,
      @Doc("how dates are written in the source; default iso") Optional<DateFormat> format) {

    Config {
      int most = maxDays.orElse(DEFAULT_MAX_DAYS);
      int least = preserve.equals(Optional.of(Preserve.WEEKDAY)) ? 7 : 1;
      if (most < least || most > 3650) {
        throw new IllegalArgumentException("maxDays must be " + least + " to 3650 but was " + most);
      }
      if (from.isPresent() != to.isPresent()) {
        throw new IllegalArgumentException("from and to must be given together");
      }
      if (from.isPresent() && to.orElseThrow().toEpochDay() - from.get().toEpochDay() < 2L * most) {
        throw new IllegalArgumentException(
            "the study window must be longer than twice maxDays, " + 2 * most + " days");
      }
    }
  }

  @Override
  public String name() {
    return "dateShift";
  }

  @Override
  public Class<Config> config() {
    return Config.class;
  }

  @Override
  public String summary() {
    return "Moves all dates of a subject by the same secret number of days.";
  }

  @Override
  public Optional<Operator> bind(Config config, ColumnContext context, Problems problems) {
    if (!TypeCheck.accepts(
        name(), context, problems, FieldType.Kind.DATE, FieldType.Kind.TIMESTAMP)) {
      return Optional.empty();
    }
    int maxDays = config.maxDays().orElse(DEFAULT_MAX_DAYS);
    Preserve preserve = config.preserve().orElse(Preserve.NOTHING);
    int slot =
        context
            .slots()
            .shift(
                maxDays,
                preserve == Preserve.WEEKDAY
                    ? SubjectSlots.Preserve.WEEKDAY
                    : SubjectSlots.Preserve.NOTHING,
                context.place());
    long first = config.from().map(day -> day.toEpochDay() + maxDays).orElse(Long.MIN_VALUE);
    long last = config.to().map(day -> day.toEpochDay() - maxDays).orElse(Long.MAX_VALUE);
    DateFormat format = config.format().orElse(DateFormat.ISO);
    Transformer transformer =
        new Shift(slot, first, last, RealDays.at(context.referenceDate()), format, context.type());
    return Optional.of(
        PlannedOperator.keyless(
            name(), context.type(), note(config, maxDays, preserve), transformer));
  }

  private static OperatorNote note(Config config, int maxDays, Preserve preserve) {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("maxDays", Integer.toString(maxDays));
    parameters.put("preserve", preserve == Preserve.WEEKDAY ? "weekday" : "nothing");
    config.from().ifPresent(day -> parameters.put("from", day.toString()));
    config.to().ifPresent(day -> parameters.put("to", day.toString()));
    String weekday = preserve == Preserve.WEEKDAY ? ", and the day of the week" : "";
    return new OperatorNote(
        "randomization",
        "All dates of a person were moved by the same number of days, up to "
            + maxDays
            + " either way, never by none.",
        "Order and intervals within a person" + weekday + "; the season only roughly.",
        parameters);
  }

  /** Adds the subject's shift. */
  private record Shift(
      int slot, long first, long last, RealDays days, DateFormat format, FieldType type)
      implements Transformer {

    @Override
    public LongColumn transform(TransformInput input) {
      BytesColumn source = PerValue.source(input);
      int[] shifts = input.index().shifts().get(slot);
      boolean dates = type.kind() == FieldType.Kind.DATE;
      String expected = ValueReader.expected(type, format) + days.words();
      long unit = dates ? 1 : DateFormat.MICROS_A_DAY;
      long[] values = new long[input.count()];
      for (int i = 0; i < values.length; i++) {
        int row = input.rows()[i];
        values[i] = LongColumn.MISSING;
        if (source.isMissing(row)) {
          continue;
        }
        int start = source.starts()[row];
        int end = source.ends()[row];
        long value =
            dates
                ? format.day(source.buffer(), start, end)
                : format.micros(source.buffer(), start, end);
        if (value == IsoDates.INVALID || !days.holds(Math.floorDiv(value, unit))) {
          input.invalid().at(i, expected);
          continue;
        }
        long shifted = value + unit * shiftOf(shifts, input.subjects()[i]);
        long day = Math.floorDiv(shifted, unit);
        values[i] = day >= first && day <= last ? shifted : LongColumn.MISSING;
      }
      return new LongColumn(values.length, values);
    }

    /** A shift of 0 would release the true date: never. */
    private static int shiftOf(int[] shifts, int subject) {
      if (shifts[subject] == 0) {
        throw new IllegalStateException("a released subject has no date shift");
      }
      return shifts[subject];
    }
  }
}
