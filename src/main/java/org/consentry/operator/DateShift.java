package org.consentry.operator;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.consentry.config.Binding.Default;
import org.consentry.config.Doc;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.Effect;
import org.consentry.data.FieldType;
import org.consentry.data.IsoDates;
import org.consentry.data.LongColumn;
import org.consentry.data.OperatorNote;
import org.consentry.data.PlausibleDays;
import org.consentry.operator.text.DateReader;
import org.consentry.problem.Problems;

/**
 * Moves all dates of a subject by the same time, whole weeks unless days are asked for, never by
 * none. Intervals within a subject survive. Not a Safe Harbor technique: a shifted day is still
 * derived from the true one.
 *
 * <p>With {@code ends: truncate} a shifted date is released only where every shift could have led
 * to it, see {@link TruncatedSpan}; a row with any other is left out, and in the subjects table the
 * date alone is missing.
 *
 * <p>Dates that are no {@link PlausibleDays} are invalid: a shifted one would give its subject's
 * shift.
 */
final class DateShift implements OperatorFactory<DateShift.Config> {

  private static final int DEFAULT_MAX_DAYS = 365;

  /** What shifts are counted in. */
  enum Unit {
    WEEKS(7, SubjectSlots.Unit.WEEKS),
    DAYS(1, SubjectSlots.Unit.DAYS);

    private final int days;
    private final SubjectSlots.Unit slot;

    Unit(int days, SubjectSlots.Unit slot) {
      this.days = days;
      this.slot = slot;
    }

    private String word() {
      return slot == SubjectSlots.Unit.WEEKS ? "weeks" : "days";
    }
  }

  /**
   * Keys of {@code dateShift}.
   *
   * @param maxDays the greatest shift in either direction, 1 to 3650 days; default 365
   * @param in what shifts are counted in
   * @param ends what happens to shifted dates near the ends of the records; default {@code keep}
   * @param from first day of the records, for {@code ends: truncate}
   * @param to last day of the records, for {@code ends: truncate}
   */
  record Config(
      @Doc("the greatest shift in either direction, 1 to 3650 days; default 365")
          Optional<Integer> maxDays,
      @Doc("what shifts are counted in") @Default("weeks") Unit in,
      @Doc("what happens to shifted dates near the ends of the records; default keep")
          Optional<Effect.Ends> ends,
      @Doc("first day of the records, for ends: truncate") Optional<LocalDate> from,
      @Doc("last day of the records, for ends: truncate") Optional<LocalDate> to) {

    Config {
      int most = maxDays.orElse(DEFAULT_MAX_DAYS);
      if (most < in.days || most > 3650) {
        throw new IllegalArgumentException(
            "maxDays must be " + in.days + " to 3650 but was " + most);
      }
      boolean truncate = ends.equals(Optional.of(Effect.Ends.TRUNCATE));
      if (from.isPresent() != truncate || to.isPresent() != truncate) {
        throw new IllegalArgumentException(
            "from and to, the first and last day of the records, belong to ends: truncate; give all"
                + " three or none");
      }
      long greatest = (long) most / in.days * in.days;
      if (truncate
          && to.orElseThrow().toEpochDay() - from.orElseThrow().toEpochDay() < 2L * greatest) {
        throw new IllegalArgumentException(
            "the span from..to must be longer than twice the greatest shift, "
                + 2 * greatest
                + " days, or no date is released");
      }
    }

    /** The greatest shift there is, in days. */
    private int greatest() {
      return maxDays.orElse(DEFAULT_MAX_DAYS) / in.days * in.days;
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
  public Effect effect(Config config) {
    return new Effect.ShiftedDate(config.ends());
  }

  @Override
  public Optional<Operator> bind(Config config, RuleContext context, Problems problems) {
    if (!TypeCheck.accepts(
        name(), context, problems, FieldType.Kind.DATE, FieldType.Kind.TIMESTAMP)) {
      return Optional.empty();
    }
    int slot =
        context
            .mapping()
            .slots()
            .shift(config.maxDays().orElse(DEFAULT_MAX_DAYS), config.in().slot, context.place());
    PlausibleDays days = context.mapping().calendar().days();
    DateReader format = context.reader();
    Optional<TruncatedSpan> span =
        config
            .from()
            .map(
                from ->
                    new TruncatedSpan(
                        slot,
                        from.toEpochDay(),
                        config.to().orElseThrow().toEpochDay(),
                        config.greatest(),
                        days,
                        format,
                        context.place()));
    Transformer transformer = new Shift(slot, span, days, format, context.type());
    return Optional.of(
        PlannedOperator.keyless(name(), note(config, context.type()), transformer).truncated(span));
  }

  private static OperatorNote note(Config config, FieldType type) {
    String unit = config.in().word();
    int most = config.greatest() / config.in().days;
    StringBuilder done =
        new StringBuilder("All dates of a person were moved by the same number of ");
    done.append(config.in() == Unit.WEEKS ? "whole weeks" : "days");
    done.append(", up to ").append(most).append(" either way, never by none.");
    config
        .from()
        .ifPresent(
            from ->
                done.append(" Rows with a moved date before ")
                    .append(from.plusDays(config.greatest()))
                    .append(" or after ")
                    .append(config.to().orElseThrow().minusDays(config.greatest()))
                    .append(" were left out; in the table of persons only the date was."));
    return new OperatorNote(
        "randomization",
        done.toString(),
        survives(config, type),
        parameters(config, type, unit, most));
  }

  private static String survives(Config config, FieldType type) {
    StringBuilder words = new StringBuilder("Order and intervals within a person");
    if (config.in() == Unit.WEEKS) {
      words.append(", and the day of the week");
    }
    if (type.kind() == FieldType.Kind.TIMESTAMP) {
      words.append(", and the time of day");
    }
    words.append("; the season only roughly. A person's shift can be narrowed down by ");
    words.append(String.join(", by ", narrowedBy(config).values())).append('.');
    return words.toString();
  }

  /** What narrows a shift, by a word for programs, in words for people. */
  private static Map<String, String> narrowedBy(Config config) {
    Map<String, String> narrowing = new TreeMap<>();
    narrowing.put("closed-days", "days on which the clinic was closed");
    if (config.in() == Unit.DAYS) {
      narrowing.put("weekdays", "days of the week on which it is closed");
    }
    if (config.from().isEmpty()) {
      narrowing.put("ends", "dates near the first and last day of the records");
    }
    return narrowing;
  }

  private static Map<String, String> parameters(
      Config config, FieldType type, String unit, int most) {
    List<String> surviving = new ArrayList<>(List.of("order", "intervals"));
    if (config.in() == Unit.WEEKS) {
      surviving.add("weekday");
    }
    if (type.kind() == FieldType.Kind.TIMESTAMP) {
      surviving.add("time-of-day");
    }
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("unit", unit);
    parameters.put("leastDays", Integer.toString(-config.greatest()));
    parameters.put("mostDays", Integer.toString(config.greatest()));
    parameters.put("possibleShifts", Integer.toString(2 * most));
    parameters.put("ends", config.from().isPresent() ? "truncate" : "keep");
    parameters.put("survives", String.join(" ", surviving));
    parameters.put("narrowedBy", String.join(" ", narrowedBy(config).keySet()));
    config.from().ifPresent(day -> parameters.put("from", day.toString()));
    config.to().ifPresent(day -> parameters.put("to", day.toString()));
    config
        .from()
        .ifPresent(
            day -> parameters.put("releasedFrom", day.plusDays(config.greatest()).toString()));
    config
        .to()
        .ifPresent(
            day -> parameters.put("releasedTo", day.minusDays(config.greatest()).toString()));
    return parameters;
  }

  /** Adds the subject's shift. */
  private record Shift(
      int slot, Optional<TruncatedSpan> span, PlausibleDays days, DateReader format, FieldType type)
      implements Transformer {

    @Override
    public List<Column> transform(TransformInput input) {
      BytesColumn source = input.source();
      byte[] buffer = source.buffer();
      int[] starts = source.starts();
      int[] ends = source.ends();
      boolean dates = type.kind() == FieldType.Kind.DATE;
      String expected = ValueReader.expected(type, format) + days.words();
      long unit = dates ? 1 : DateReader.MICROS_A_DAY;
      long[] values = shifts(input);
      for (int i = 0; i < values.length; i++) {
        int row = input.rows()[i];
        long shift = values[i];
        values[i] = LongColumn.MISSING;
        if (starts[row] == BytesColumn.MISSING) {
          continue;
        }
        long value =
            dates
                ? format.day(buffer, starts[row], ends[row])
                : format.micros(buffer, starts[row], ends[row]);
        if (value == IsoDates.INVALID || !days.includes(Math.floorDiv(value, unit))) {
          input.invalid().at(i, 0, expected);
          continue;
        }
        long shifted = value + unit * shift;
        if (span.isPresent() && !span.get().releases(Math.floorDiv(shifted, unit))) {
          input.invalid().unreleased(i);
          continue;
        }
        values[i] = shifted;
      }
      return List.of(new LongColumn(values.length, values));
    }

    /**
     * The shifts of the rows, in a loop of its own, so that the memory is asked for many subjects
     * at a time. A shift of 0 would release the true date: never.
     */
    private long[] shifts(TransformInput input) {
      int[] shifts = input.index().shifts().get(slot);
      int[] subjects = input.subjects();
      long[] found = new long[input.count()];
      for (int i = 0; i < found.length; i++) {
        found[i] = shifts[subjects[i]];
        if (found[i] == 0) {
          throw new IllegalStateException("a released subject has no date shift");
        }
      }
      return found;
    }
  }
}
