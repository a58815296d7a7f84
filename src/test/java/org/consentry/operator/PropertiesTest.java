package org.consentry.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.consentry.data.Blanks;
import org.consentry.data.FieldType;
import org.consentry.data.SubjectIndex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Laws of operators, for all values. */
final class PropertiesTest {

  private static final long SEED = 1_066L;

  private static final SubjectIndex ONE =
      new Subjects().add("P-1", Optional.of(LocalDate.of(1970, 1, 1)), 41, "code").index();

  private static List<Optional<String>> answers(
      Transformer transformer, List<Optional<String>> values) {
    return new Batch(values, new int[values.size()], ONE)
        .transform(transformer).stream().map(Batch.Cell::value).toList();
  }

  /** The published vector: key of the domain, id, code. */
  @Test
  void makesTheCodeOfTheVector() {
    Transformer codes =
        OperatorFixtures.open(
            new Pseudonymize(),
            new Pseudonymize.Config("visit", Pseudonymize.Code.KEYED),
            Context.of(FieldType.CODE),
            MacKeys.of("89fa8721fd15f504d4ea84f01fa325f3cc11523347cc92c49a934708c4292aaa"));

    assertThat(answers(codes, List.of(Optional.of("MRN-000123"), Optional.of(" MRN-000123 "))))
        .containsOnly(Optional.of("V-b252qiarq4vqur6fob7lyclyde"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Pseudonymize.Code.class,
      names = {"KEYED", "ONE_TIME"})
  void codesAreInjectiveAndStable(Pseudonymize.Code code) {
    List<Optional<String>> values = new Given(SEED).values(30_000);

    List<Optional<String>> codes = answers(OperatorFixtures.codes(code), values);

    Map<String, String> codeOf = new HashMap<>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i).isPresent() && codes.get(i).isPresent()) {
        String id = Blanks.trim(values.get(i).get());
        String given = codes.get(i).get();
        assertThat(given).matches("V-[a-z2-7]{26}");
        String before = codeOf.putIfAbsent(id, given);
        assertThat(before == null ? seen.add(given) : before.equals(given))
            .as("seed %d", SEED)
            .isTrue();
      }
    }
    assertThat(codeOf).hasSizeGreaterThan(10_000);
  }

  @Test
  void keysOfRecordsThatDifferInCaseHaveDifferentCodes() {
    List<Optional<String>> keys = List.of(Optional.of("eAb1"), Optional.of("EAB1"));

    assertThat(answers(OperatorFixtures.codes(Pseudonymize.Code.KEYED), keys))
        .doesNotHaveDuplicates();
  }

  @Test
  void domainsAndKeysShareNoCode() {
    List<Optional<String>> id = List.of(Optional.of("V-1"));
    Transformer other =
        OperatorFixtures.open(
            new Pseudonymize(),
            new Pseudonymize.Config("procedure", Pseudonymize.Code.KEYED),
            FieldType.CODE);

    assertThat(answers(OperatorFixtures.codes(Pseudonymize.Code.KEYED), id))
        .isNotEqualTo(answers(OperatorFixtures.codes(Pseudonymize.Code.ONE_TIME), id))
        .isNotEqualTo(answers(other, id));
  }

  @Test
  void shiftsKeepOrderAndIntervalsWithinASubject() {
    Given given = new Given(SEED);
    List<LocalDate> days =
        IntStream.range(0, 5_000)
            .mapToObj(i -> given.day())
            .filter(day -> day.getYear() > 1900)
            .toList();

    List<Optional<String>> shifted =
        answers(
            OperatorFixtures.shift(FieldType.DATE),
            days.stream().map(day -> Optional.of(day.toString())).toList());

    for (int i = 1; i < days.size(); i++) {
      long interval = days.get(i).toEpochDay() - days.get(i - 1).toEpochDay();
      assertThat(number(shifted, i) - number(shifted, i - 1)).isEqualTo(interval);
    }
    assertThat(number(shifted, 0)).isNotEqualTo(days.get(0).toEpochDay());
  }

  private static long number(List<Optional<String>> numbers, int position) {
    return Long.parseLong(numbers.get(position).orElseThrow());
  }

  @Test
  void aShiftOfZeroStopsTheRunInsteadOfReleasingTheTrueDate() {
    SubjectIndex unshifted = new Subjects().add("P-1", Optional.empty(), 0, "code").index();
    Batch batch = new Batch(List.of(Optional.of("2024-01-01")), new int[1], unshifted);

    assertThatThrownBy(() -> batch.transform(OperatorFixtures.shift(FieldType.DATE)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a released subject has no date shift");
  }

  @Test
  void generalizationsOfTheirOwnAnswersChangeNothing() {
    List<Optional<String>> values = new Given(SEED).values(5_000);
    Map<String, Transformer> operators =
        Map.of(
            "year", OperatorFixtures.generalize(Generalize.To.YEAR, FieldType.INTEGER),
            "birth-year", OperatorFixtures.birthYear(),
            "rounding", OperatorFixtures.generalize(Generalize.To.ROUNDING, FieldType.INTEGER),
            "ranges", OperatorFixtures.generalize(Generalize.To.RANGES, FieldType.INTEGER));

    operators.forEach(
        (name, operator) -> {
          List<Optional<String>> once = answers(operator, values);
          assertThat(answers(operator, once)).as("%s, seed %d", name, SEED).isEqualTo(once);
        });
  }

  @Test
  void periodsOfTheirOwnFirstDaysChangeNothing() {
    List<Optional<String>> values = new Given(SEED).values(5_000);
    for (Generalize.To to :
        List.of(Generalize.To.QUARTER, Generalize.To.MONTH, Generalize.To.WEEK)) {
      Transformer operator = OperatorFixtures.generalize(to, FieldType.DATE);
      List<Optional<String>> once = answers(operator, values);
      List<Optional<String>> days =
          once.stream()
              .map(day -> day.map(n -> LocalDate.ofEpochDay(Long.parseLong(n)).toString()))
              .toList();

      assertThat(answers(operator, days)).as("%s, seed %d", to, SEED).isEqualTo(once);
    }
  }

  @Test
  void remembersValuesPastTheTrialAndGivesUpWhenTheyAreDistinct() {
    List<Optional<String>> values = new ArrayList<>();
    for (int i = 0; i < 3 * Memo.TRIAL; i++) {
      values.add(Optional.of("V-" + i));
    }
    values.addAll(List.copyOf(values));
    Transformer codes = OperatorFixtures.codes(Pseudonymize.Code.KEYED);

    List<Optional<String>> answers = answers(codes, values);

    assertThat(answers.subList(0, 3 * Memo.TRIAL))
        .doesNotHaveDuplicates()
        .isEqualTo(answers.subList(3 * Memo.TRIAL, 6 * Memo.TRIAL));
  }

  @Test
  void appliesACostlyFunctionOncePerDistinctValue() {
    int[] calls = new int[1];
    Transformer counting =
        PerValue.bytes(
            "anything",
            () ->
                (buffer, start, end, output) -> {
                  calls[0]++;
                  output.append(buffer, start, end);
                  return PerValue.Answer.GIVEN;
                });
    List<Optional<String>> values =
        IntStream.range(0, 50_000).mapToObj(i -> Optional.of("value " + i % 100)).toList();

    assertThat(answers(counting, values)).isEqualTo(values);
    assertThat(calls[0]).isEqualTo(100);
  }
}
