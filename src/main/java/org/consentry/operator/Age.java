package org.consentry.operator;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.consentry.config.Doc;
import org.consentry.data.BirthDays;
import org.consentry.data.BirthForm;
import org.consentry.data.BirthRange;
import org.consentry.data.BytesColumn;
import org.consentry.data.CivilDate;
import org.consentry.data.Column;
import org.consentry.data.Effect;
import org.consentry.data.FieldType;
import org.consentry.data.IsoDates;
import org.consentry.data.LongColumn;
import org.consentry.data.OperatorNote;
import org.consentry.data.SubjectIndex;
import org.consentry.operator.text.DateReader;
import org.consentry.problem.Problems;

/**
 * The subject's age in full years at the date of a column. Where the source has a birth year or the
 * age in a year alone, it is the difference of years, and the column may have years. With a top
 * code, an age above it reads one more than the top code and means that or older. People whose
 * birth year is in the bucket have no age at all: the year of the event minus the age is the birth
 * year, and the year in which missing ages end reveals it too. An event after the year of the
 * reference date is then invalid, because the bucket is formed on the reference date.
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
          "add birthDate:, birthYear: or age: under subjects:");
      return Optional.empty();
    }
    return typed ? Optional.of(plan(config, context)) : Optional.empty();
  }

  private static Operator plan(Config config, RuleContext context) {
    BirthForm births = context.mapping().births();
    Map<String, String> parameters = new TreeMap<>(Map.of("of", BIRTH_DATE));
    if (births != BirthForm.DATE) {
      parameters.put("known", births.word());
    }
    StringBuilder done = new StringBuilder(replaced(births));
    if (config.topCode().isPresent()) {
      int top = config.topCode().get();
      parameters.put("topCode", Integer.toString(top));
      boolean isMoved = context.mapping().calendar().isMoved();
      parameters.put(
          "withheld",
          isMoved
              ? "ages of people who may be over 89 at any event"
              : "ages of people in the birth year bucket");
      done.append(
          top < Ages.TOP_CODE ? "; " + (top + 1) + " means " + (top + 1) + " or older" : "");
      done.append(
          isMoved
              ? "; people who may be over 89 at any event have none"
              : "; people in the earliest birth year bucket have none");
    } else if (births == BirthForm.AGE) {
      done.append("; people whose age in the source is over 89 have none");
    }
    Map<String, String> labels =
        config
            .topCode()
            .filter(top -> top < Ages.TOP_CODE)
            .map(top -> top + 1)
            .map(oldest -> Map.of(oldest.toString(), oldest + " or older"))
            .orElse(Map.of());
    OperatorNote note =
        new OperatorNote(
            "generalization", done.append('.').toString(), "The age; no date.", parameters, labels);
    DateReader format = context.reader();
    Hiding hiding =
        config.topCode().map(top -> Hiding.of(top, context.mapping())).orElse(Hiding.NOTHING);
    Transformer transformer =
        births == BirthForm.DATE ? new OnDay(format, hiding) : new InYear(format, hiding);
    return PlannedOperator.keyless("age", note, transformer)
        .with(config.topCode().map(top -> Spans.ages(top + 1)).orElseGet(Spans::ages))
        .dependingOn(SubjectAttribute.BIRTH_DATE);
  }

  private static String replaced(BirthForm births) {
    String age = "Dates were replaced by the subject's age in full years";
    return switch (births) {
      case NONE, DATE -> age;
      case YEAR ->
          age
              + " at the end of their year, because the source has birth years alone: on the day"
              + " itself it may be one less";
      case AGE ->
          age
              + " as counted from an age in another year, because the source has no birth dates: on"
              + " the day itself it may be one more or one less";
    };
  }

  /**
   * What a top code hides.
   *
   * @param top the greatest age that is released
   * @param floor who may have been born in that year or before has no age
   * @param lastYear events after it are invalid
   * @param expected what is expected of a date, as its end
   */
  private record Hiding(long top, int floor, int lastYear, String expected) {

    static final Hiding NOTHING =
        new Hiding(Integer.MAX_VALUE, Integer.MIN_VALUE, Integer.MAX_VALUE, " from birth on");

    /** In a moved calendar who is old was found before, by the events of each person. */
    static Hiding of(int top, MappingContext mapping) {
      LocalDate last = mapping.referenceDate();
      boolean isMoved = mapping.calendar().isMoved();
      return new Hiding(
          top,
          isMoved ? Integer.MIN_VALUE : Ages.yearFloor(last),
          last.getYear(),
          isMoved
              ? " from birth up to " + last.getYear()
              : " from birth up to the year of the reference date");
    }

    long of(long age) {
      return Math.min(top + 1, age);
    }
  }

  /** An age from the days of a birth and the date of an event, or a reason to give none. */
  private abstract static class AgeAt implements Transformer {

    private final DateReader format;
    final Hiding hiding;

    AgeAt(DateReader format, Hiding hiding) {
      this.format = format;
      this.hiding = hiding;
    }

    /** The date of the event as the rule counts it, or {@link IsoDates#INVALID}. */
    abstract long event(DateReader format, byte[] b, int start, int end);

    /** The age to release, {@link LongColumn#MISSING} or {@link PerValue#INVALID}. */
    abstract long age(int first, int last, long event);

    @Override
    public final List<Column> transform(TransformInput input) {
      BytesColumn source = input.source();
      byte[] buffer = source.buffer();
      int[] starts = source.starts();
      int[] ends = source.ends();
      BirthDays births = input.index().births();
      int[] first = days(births.first(), input);
      int[] last = births.first() == births.last() ? first : days(births.last(), input);
      long[] ages = new long[input.count()];
      for (int i = 0; i < ages.length; i++) {
        int row = input.rows()[i];
        if (starts[row] == BytesColumn.MISSING) {
          ages[i] = LongColumn.MISSING;
          continue;
        }
        long event = event(format, buffer, starts[row], ends[row]);
        long age = event == IsoDates.INVALID ? PerValue.INVALID : at(first[i], last[i], event);
        if (age == PerValue.INVALID) {
          input.invalid().at(i, 0, format.date() + hiding.expected());
          age = LongColumn.MISSING;
        }
        ages[i] = age;
      }
      return List.of(new LongColumn(ages.length, ages));
    }

    /** In a loop of its own, so that the memory is asked for many subjects at a time. */
    private static int[] days(int[] bySubject, TransformInput input) {
      int[] subjects = input.subjects();
      int[] days = new int[input.count()];
      for (int i = 0; i < days.length; i++) {
        days[i] = bySubject[subjects[i]];
      }
      return days;
    }

    private long at(int first, int last, long event) {
      return last == SubjectIndex.UNKNOWN_DAY ? LongColumn.MISSING : age(first, last, event);
    }
  }

  /** Births to the day. */
  private static final class OnDay extends AgeAt {

    OnDay(DateReader format, Hiding hiding) {
      super(format, hiding);
    }

    @Override
    long event(DateReader format, byte[] b, int start, int end) {
      return format.day(b, start, end);
    }

    @Override
    long age(int first, int last, long event) {
      int birth = CivilDate.pack(last);
      int day = CivilDate.pack(event);
      if (event < last || CivilDate.year(day) > hiding.lastYear()) {
        return PerValue.INVALID;
      }
      return first == BirthRange.OPEN || CivilDate.year(birth) <= hiding.floor()
          ? LongColumn.MISSING
          : hiding.of(CivilDate.yearsBetween(birth, day));
    }
  }

  /**
   * Births in one of some years: the age is the year of the event without the last of them, and a
   * person who may have been born in the bucket's years is in it.
   */
  private static final class InYear extends AgeAt {

    InYear(DateReader format, Hiding hiding) {
      super(format, hiding);
    }

    @Override
    long event(DateReader format, byte[] b, int start, int end) {
      return Years.of(format, b, start, end);
    }

    @Override
    long age(int first, int last, long event) {
      int earliest = CivilDate.year(CivilDate.pack(first));
      if (event < earliest || event > hiding.lastYear()) {
        return PerValue.INVALID;
      }
      boolean hidden = first == BirthRange.OPEN || earliest <= hiding.floor();
      return hidden
          ? LongColumn.MISSING
          : hiding.of(Math.max(0, event - CivilDate.year(CivilDate.pack(last))));
    }
  }
}
