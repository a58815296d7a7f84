package org.consentry.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.consentry.data.BirthDays;
import org.consentry.data.BirthForm;
import org.consentry.data.BirthRange;
import org.consentry.data.ClinicDates;
import org.consentry.data.FieldType;
import org.consentry.data.PlausibleDays;
import org.consentry.data.SourceCalendar;
import org.consentry.data.SubjectIndex;
import org.consentry.data.SubjectKeys;
import org.consentry.problem.Problems;
import org.junit.jupiter.api.Test;

/** Ages where the source has no birth dates, against all days on which the person may be born. */
final class AgeByYearTest {

  private static final long SEED = 90L;
  private static final int FLOOR = OperatorFixtures.REFERENCE.getYear() - 90;
  private static final SourceCalendar REAL = SourceCalendar.usual(OperatorFixtures.REFERENCE);
  private static final SourceCalendar MOVED =
      new SourceCalendar(
          new PlausibleDays(
              LocalDate.of(2100, 1, 1).toEpochDay(), LocalDate.of(2210, 12, 31).toEpochDay()),
          SourceCalendar.Kind.MOVED);

  @Test
  void differsFromTheTrueAgeByOneYearAtMostAndHidesWhoMayBeInTheBucket() {
    Random random = new Random(SEED);
    for (int i = 0; i < 400; i++) {
      int years = random.nextInt(2);
      int last = 1925 + random.nextInt(100);
      LocalDate from = LocalDate.of(last - years, 1, 1);
      LocalDate to = LocalDate.of(last, 12, 31);
      LocalDate event = LocalDate.of(last + random.nextInt(2027 - last), 1, 1).plusDays(200);

      Optional<String> age =
          age(years == 0 ? BirthForm.YEAR : BirthForm.AGE, REAL, Optional.of(89), from, to, event);

      boolean mayBeHidden = from.getYear() <= FLOOR;
      boolean isLate = event.getYear() > OperatorFixtures.REFERENCE.getYear();
      assertThat(age.isPresent())
          .as("seed %d, case %d", SEED, i)
          .isEqualTo(!mayBeHidden && !isLate);
      for (LocalDate born = from; age.isPresent() && !born.isAfter(to); born = born.plusDays(1)) {
        if (!born.isAfter(event)) {
          int truth = java.time.Period.between(born, event).getYears();
          assertThat(Integer.parseInt(age.get()) - truth)
              .as("seed %d, case %d, born %s", SEED, i, born)
              .isBetween(years == 0 ? 0 : -1, 1);
          assertThat(truth).as("seed %d, case %d", SEED, i).isLessThanOrEqualTo(89);
        }
      }
    }
  }

  @Test
  void givesNoAgeWhereOnlyALowerBoundIsKnown() {
    LocalDate open = LocalDate.ofEpochDay(BirthRange.OPEN);
    LocalDate event = LocalDate.of(2020, 5, 5);

    assertThat(age(BirthForm.AGE, REAL, Optional.empty(), open, LocalDate.of(1928, 12, 31), event))
        .isEmpty();
  }

  @Test
  void givesAgesOfAMovedCalendarByTheirEvents() {
    LocalDate from = LocalDate.of(2099, 1, 1);
    LocalDate to = LocalDate.of(2100, 12, 31);

    assertThat(age(BirthForm.AGE, MOVED, Optional.of(89), from, to, LocalDate.of(2150, 6, 1)))
        .contains("50");
    assertThat(age(BirthForm.AGE, MOVED, Optional.of(89), from, to, LocalDate.of(2211, 1, 1)))
        .isEmpty();
  }

  @Test
  void readsTheYearAloneOfAnEvent() {
    assertThat(
            age(
                BirthForm.YEAR,
                REAL,
                Optional.of(89),
                LocalDate.of(1970, 1, 1),
                LocalDate.of(1970, 12, 31),
                "2020"))
        .contains("50");
  }

  private static Optional<String> age(
      BirthForm form,
      SourceCalendar calendar,
      Optional<Integer> topCode,
      LocalDate from,
      LocalDate to,
      Object event) {
    SubjectKeys keys = new SubjectKeys();
    keys.add("P-1".getBytes(StandardCharsets.UTF_8), 0, 3);
    BirthDays births =
        new BirthDays(new int[] {(int) from.toEpochDay()}, new int[] {(int) to.toEpochDay()});
    SubjectIndex index =
        new SubjectIndex(
            keys, new byte[1], births, new int[] {SubjectIndex.UNKNOWN_DAY}, List.of(), List.of());
    MappingContext plain = Context.mapping(OperatorFixtures.REFERENCE, Map.of());
    MappingContext mapping =
        new MappingContext(
            "patient",
            Set.of(),
            plain.codeForms(),
            EnumSet.allOf(SubjectAttribute.class),
            form,
            ClinicDates.NO_ZONE,
            calendar.reference(OperatorFixtures.REFERENCE),
            calendar,
            plain.slots(),
            plain.attachments(),
            plain.written());
    RuleContext context =
        Context.of(
            mapping,
            "visits",
            List.of(new RuleContext.Bound("column", List.of(new InputSource.OfRow("seen_on")))),
            List.of(
                new RuleContext.Output(
                    "value", "age", FieldType.INTEGER, Context.of(FieldType.INTEGER).place())));
    Problems problems = new Problems();
    Operator operator =
        new Age()
            .bind(new Age.Config("subject.birthDate", topCode), context, problems)
            .orElseThrow();
    return new Batch(List.of(Optional.of(event.toString())), new int[1], index)
        .transform(operator.open(new MacKeys()))
        .get(0)
        .value();
  }
}
