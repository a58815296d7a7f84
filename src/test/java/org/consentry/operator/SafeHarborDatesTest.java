package org.consentry.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.consentry.data.FieldType;
import org.junit.jupiter.api.Test;

/**
 * No age over 89 follows from what is released together: birth year, year of an event and age at it
 * (45 CFR 164.514(b)(2)(i)(C)). An age capped beside a published birth year is the trap.
 */
final class SafeHarborDatesTest {

  private static final long SEED = 89L;
  private static final int FLOOR = OperatorFixtures.REFERENCE.getYear() - 90;

  @Test
  void noReleasedCombinationTellsAnAgeOver89() {
    Given given = new Given(SEED);
    for (int person = 0; person < 300; person++) {
      LocalDate birth = given.day();
      List<Optional<String>> events = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        events.add(Optional.of(given.day().toString()));
      }
      for (int years = 85; years < 95; years++) {
        events.add(Optional.of(birth.plusYears(years).toString()));
        events.add(Optional.of(birth.plusYears(years).minusDays(1).toString()));
      }
      check(birth, events);
    }
  }

  private static void check(LocalDate birth, List<Optional<String>> events) {
    Batch batch =
        new Batch(
            events,
            new int[events.size()],
            new Subjects().add("P-1", Optional.of(birth), 1, "code").index());
    List<Batch.Cell> years =
        batch.transform(OperatorFixtures.generalize(Generalize.To.YEAR, FieldType.INTEGER));
    List<Batch.Cell> ages = batch.transform(OperatorFixtures.age());
    Optional<Integer> born = birthYear(birth);
    for (int i = 0; i < events.size(); i++) {
      Optional<Integer> year = years.get(i).value().map(Integer::valueOf);
      assertThat(year.filter(y -> y < FLOOR)).as("seed %d", SEED).isEmpty();
      Optional<Integer> age = ages.get(i).value().map(Integer::valueOf);
      if (born.isPresent() && born.get() > FLOOR) {
        assertThat(year.filter(y -> y - born.get() > 89)).as("seed %d", SEED).isEmpty();
        assertThat(age.filter(a -> a > 89)).as("seed %d", SEED).isEmpty();
      } else {
        assertThat(age).as("seed %d", SEED).isEmpty();
      }
    }
  }

  private static Optional<Integer> birthYear(LocalDate birth) {
    return new Batch(
            List.of(Optional.of(birth.toString())),
            new int[1],
            new Subjects().add("P-1", Optional.of(birth), 1, "code").index())
        .transform(OperatorFixtures.birthYear())
        .get(0)
        .value()
        .map(Integer::valueOf);
  }
}
