package org.consentry.operator;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.consentry.config.Doc;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.Effect;
import org.consentry.data.FieldType;
import org.consentry.data.IsoDates;
import org.consentry.data.LongColumn;
import org.consentry.data.OperatorNote;
import org.consentry.data.SubjectIndex;
import org.consentry.operator.text.CivilDate;
import org.consentry.operator.text.DateReader;
import org.consentry.problem.Problems;

/**
 * The subject's age in full years at the date of a column. With a top code, an age above it reads
 * one more than the top code and means that or older. People whose birth year is in the bucket have
 * no age at all: the year of the event minus the age is the birth year, and the year in which
 * missing ages end reveals it too. An event after the year of the reference date is then invalid,
 * because the bucket is formed on the reference date.
 */
final class Age implements OperatorFactory<Age.Config> {

  private static final String BIRTH_DATE = "subject.birthDate";

  /**
   * Keys of {@code age}.
   *
   * @param of whose age; {@code subject.birthDate}
   * @param topCode the greatest age that is released; Safe Harbor asks for 89
   */
  record Config(
      @Doc("whose age: subject.birthDate") String of,
      @Doc("the greatest age that is released; one more means that or older")
          Optional<Integer> topCode) {
    Config {
      if (!of.equals(BIRTH_DATE)) {
        throw new IllegalArgumentException("of must be " + BIRTH_DATE);
      }
      if (topCode.isPresent() && (topCode.get() < 1 || topCode.get() > Ages.TOP_CODE)) {
        throw new IllegalArgumentException("topCode must be 1 to 89 but was " + topCode.get());
      }
    }
  }

  @Override
  public String name() {
    return "age";
  }

  @Override
  public Class<Config> config() {
    return Config.class;
  }

  @Override
  public Effect effect(Config config) {
    return new Effect.Age(config.topCode());
  }

  @Override
  public Optional<Operator> bind(Config config, RuleContext context, Problems problems) {
    boolean typed = TypeCheck.accepts(name(), context, problems, FieldType.Kind.INTEGER);
    if (!context.mapping().subjectAttributes().contains(SubjectAttribute.BIRTH_DATE)) {
      problems.error(
          "NO_BIRTH_DATE",
          context.place(),
          "an age needs the subject's birth date but the mapping names none",
          "add birthDate: under subjects:");
      return Optional.empty();
    }
    return typed ? Optional.of(plan(config, context)) : Optional.empty();
  }

  private Operator plan(Config config, RuleContext context) {
    Map<String, String> parameters = new TreeMap<>(Map.of("of", BIRTH_DATE));
    String done = "Dates were replaced by the subject's age in full years";
    if (config.topCode().isPresent()) {
      int top = config.topCode().get();
      parameters.put("topCode", Integer.toString(top));
      parameters.put("withheld", "ages of people in the birth year bucket");
      done += top < Ages.TOP_CODE ? "; " + (top + 1) + " means " + (top + 1) + " or older" : "";
      done += "; people in the earliest birth year bucket have none";
    }
    Map<String, String> labels =
        config
            .topCode()
            .filter(top -> top < Ages.TOP_CODE)
            .map(top -> top + 1)
            .map(oldest -> Map.of(oldest.toString(), oldest + " or older"))
            .orElse(Map.of());
    OperatorNote note =
        new OperatorNote("generalization", done + ".", "The age; no date.", parameters, labels);
    DateReader format = context.reader();
    Transformer transformer =
        config
            .topCode()
            .<Transformer>map(top -> new TopCoded(format, top, context.referenceDate()))
            .orElseGet(() -> new Plain(format));
    return PlannedOperator.keyless(name(), note, transformer)
        .with(config.topCode().map(top -> Spans.ages(top + 1)).orElseGet(Spans::ages))
        .dependingOn(SubjectAttribute.BIRTH_DATE);
  }

  /** An age from two packed dates, or a reason to give none. */
  private abstract static class AgeAt implements Transformer {

    private final DateReader format;

    AgeAt(DateReader format) {
      this.format = format;
    }

    /** The age to release, {@link LongColumn#MISSING} or {@link PerValue#INVALID}. */
    abstract long age(int birth, int event);

    abstract String expected();

    @Override
    public List<Column> transform(TransformInput input) {
      BytesColumn source = input.source();
      byte[] buffer = source.buffer();
      int[] starts = source.starts();
      int[] ends = source.ends();
      long[] ages = birthDays(input);
      for (int i = 0; i < ages.length; i++) {
        int row = input.rows()[i];
        if (starts[row] == BytesColumn.MISSING) {
          ages[i] = LongColumn.MISSING;
          continue;
        }
        long day = format.day(buffer, starts[row], ends[row]);
        long age = day == IsoDates.INVALID ? PerValue.INVALID : at((int) ages[i], day);
        if (age == PerValue.INVALID) {
          input.invalid().at(i, 0, format.date() + " from birth" + expected());
          age = LongColumn.MISSING;
        }
        ages[i] = age;
      }
      return List.of(new LongColumn(ages.length, ages));
    }

    /** In a loop of its own, so that the memory is asked for many subjects at a time. */
    private static long[] birthDays(TransformInput input) {
      int[] birthDays = input.index().birthDays();
      int[] subjects = input.subjects();
      long[] days = new long[input.count()];
      for (int i = 0; i < days.length; i++) {
        days[i] = birthDays[subjects[i]];
      }
      return days;
    }

    private long at(int birthDay, long day) {
      if (birthDay == SubjectIndex.UNKNOWN_DAY) {
        return LongColumn.MISSING;
      }
      return day < birthDay ? PerValue.INVALID : age(CivilDate.pack(birthDay), CivilDate.pack(day));
    }
  }

  /** Any age. */
  private static final class Plain extends AgeAt {

    Plain(DateReader format) {
      super(format);
    }

    @Override
    long age(int birth, int event) {
      return CivilDate.yearsBetween(birth, event);
    }

    @Override
    String expected() {
      return " on";
    }
  }

  /** Ages up to a top code. */
  private static final class TopCoded extends AgeAt {

    private final long top;
    private final int floor;
    private final int lastYear;

    TopCoded(DateReader format, int top, LocalDate referenceDate) {
      super(format);
      this.top = top;
      this.floor = Ages.yearFloor(referenceDate);
      this.lastYear = referenceDate.getYear();
    }

    @Override
    long age(int birth, int event) {
      if (CivilDate.year(event) > lastYear) {
        return PerValue.INVALID;
      }
      return CivilDate.year(birth) <= floor
          ? LongColumn.MISSING
          : Math.min(top + 1, CivilDate.yearsBetween(birth, event));
    }

    @Override
    String expected() {
      return " up to the year of the reference date";
    }
  }
}
