package org.consentry.transform;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.consentry.component.Default;
import org.consentry.component.Doc;
import org.consentry.component.Shown;
import org.consentry.component.Suggestion;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.FieldType;
import org.consentry.data.IsoDates;
import org.consentry.data.LongColumn;
import org.consentry.data.SubjectIndex;
import org.consentry.problem.Problems;

/**
 * The time between two dates of a row, or from one to the subject's death, in whole days or full
 * years; negative when the second comes first. Missing when either date is. The subject's birth
 * date is not offered: the time since birth is an age, and {@code age} hides those over 89.
 */
final class Interval implements RowOperatorFactory<Interval.Config> {

  private static final String DEATH_DATE = "subject.deathDate";

  /** What an interval is counted in. */
  enum Unit {
    DAYS,
    YEARS
  }

  /**
   * Keys of {@code interval}.
   *
   * @param from the column of the first date
   * @param to the column of the second date, or {@code subject.deathDate}
   * @param in what the interval is counted in
   * @param format how dates are written in the source
   */
  record Config(
      @Doc("the column of the first date") String from,
      @Doc("the column of the second date, or subject.deathDate") String to,
      @Doc("what the interval is counted in") @Default("days") Unit in,
      @Doc("how dates are written in the source") @Default("iso") DateFormat format) {
    Config {
      if (from.equals(to)) {
        throw new IllegalArgumentException("to must be another date than from");
      }
    }
  }

  @Override
  public String name() {
    return "interval";
  }

  @Override
  public Class<Config> config() {
    return Config.class;
  }

  @Override
  public String summary() {
    return "The time between two dates of a row.";
  }

  @Override
  public Optional<RowOperator> bind(
      Config config, ColumnContext context, Set<String> sourceColumns, Problems problems) {
    boolean toDeath = config.to().equals(DEATH_DATE);
    boolean fits = TypeCheck.accepts(name(), context, problems, FieldType.Kind.INTEGER);
    fits &= isColumn(config.from(), context, sourceColumns, problems);
    if (!toDeath) {
      fits &= isColumn(config.to(), context, sourceColumns, problems);
    } else if (!context.subjectAttributes().contains(SubjectAttribute.DEATH_DATE)) {
      problems.error(
          "NO_DEATH_DATE",
          context.place(),
          "the interval ends with the subject's death but the mapping names no date of death",
          "add deathDate: under subjects:");
      fits = false;
    }
    return fits ? Optional.of(new Planned(config, toDeath)) : Optional.empty();
  }

  private static boolean isColumn(
      String column, ColumnContext context, Set<String> sourceColumns, Problems problems) {
    if (sourceColumns.contains(column)) {
      return true;
    }
    problems.error(
        "UNKNOWN_COLUMN",
        context.place(),
        "table '" + context.table() + "' has no column " + Shown.word(column),
        Suggestion.hint(column, new TreeSet<>(sourceColumns)));
    return false;
  }

  /** The interval before its columns are found. */
  private record Planned(Config config, boolean toDeath) implements RowOperator {

    @Override
    public String name() {
      return "interval";
    }

    @Override
    public FieldType type() {
      return FieldType.INTEGER;
    }

    @Override
    public OperatorNote note() {
      String unit = config.in() == Unit.DAYS ? "days" : "full years";
      return new OperatorNote(
          "generalization",
          "Dates were replaced by the time between them, in " + unit + ".",
          "The interval; no date.",
          Map.of("from", config.from(), "to", config.to(), "in", unit));
    }

    @Override
    public List<String> reads() {
      return toDeath ? List.of(config.from()) : List.of(config.from(), config.to());
    }

    @Override
    public Operator at(List<Integer> positions) {
      int from = positions.get(0);
      Dates last = toDeath ? DEATHS : dates(positions.get(1), config.format());
      return PlannedOperator.keyless(
          name(), type(), note(), new Between(dates(from, config.format()), last, config));
    }
  }

  /** Where the date of a selected row comes from. */
  @FunctionalInterface
  private interface Dates {

    /** Days since 1970-01-01, {@link LongColumn#MISSING} or {@link PerValue#INVALID}. */
    long day(TransformInput input, int position);
  }

  private static final Dates DEATHS =
      (input, position) -> {
        int day = input.index().deathDays()[input.subjects()[position]];
        return day == SubjectIndex.UNKNOWN_DAY ? LongColumn.MISSING : day;
      };

  private static Dates dates(int column, DateFormat format) {
    return (input, position) -> {
      BytesColumn source = (BytesColumn) input.batch().columns().get(column);
      int row = input.rows()[position];
      return source.isMissing(row)
          ? LongColumn.MISSING
          : format.day(source.buffer(), source.starts()[row], source.ends()[row]);
    };
  }

  /** Subtracts. */
  private record Between(Dates first, Dates last, Config config) implements Transformer {

    @Override
    public Column transform(TransformInput input) {
      long[] values = new long[input.count()];
      for (int i = 0; i < values.length; i++) {
        long from = first.day(input, i);
        long to = last.day(input, i);
        values[i] = LongColumn.MISSING;
        if (from == IsoDates.INVALID || to == IsoDates.INVALID) {
          input.invalid().at(i, "a date (" + config.format().pattern() + ")");
        } else if (from != LongColumn.MISSING && to != LongColumn.MISSING) {
          values[i] = config.in() == Unit.DAYS ? to - from : years(from, to);
        }
      }
      return new LongColumn(values.length, values);
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
