package org.consentry.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.consentry.testing.SmallClinic.Visit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Attacks on a clinic whose source is in order of time, as exports by primary key are. The attacker
 * has the released files and the position of each row in them. Each attack prints how well it does
 * beside the same attack on the same rows in random order, which is guessing.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RowOrderAttackTest {

  private static final int PATIENTS = 300;
  private static final int VISITS = 3_000;
  private static final LocalDate FIRST = LocalDate.of(2019, 1, 1);
  private static final int DAYS = 6 * 365;

  private final Map<String, Visit> truth = new HashMap<>();
  private final Random random = new Random(19);
  private SmallClinic clinic;

  @BeforeAll
  void clinicInOrderOfTime(@TempDir Path root) {
    int[] days = random.ints(VISITS, 0, DAYS).sorted().toArray();
    List<Visit> visits = new ArrayList<>();
    for (int day : days) {
      String finding = "F" + Integer.toString(visits.size() * 7919 % 100_003 + 100_003, 36);
      Visit visit = new Visit(random.nextInt(PATIENTS), FIRST.plusDays(day).toString(), finding);
      visits.add(visit);
      truth.put(finding, visit);
    }
    clinic = new SmallClinic(root).patients(PATIENTS, visits);
  }

  /** A released visit: what the attacker sees, and the key to the truth. */
  private record Row(String patient, String released, String finding) {}

  private List<Row> release(String job, String study, Basis basis) throws IOException {
    Path release = clinic.release(clinic.job(job, study, "recipient-" + study, basis));
    try (Stream<String> lines =
        Files.lines(release.resolve("data/visits.csv"), StandardCharsets.UTF_8)) {
      return lines
          .skip(1)
          .map(line -> line.split(",", -1))
          .map(cells -> new Row(cells[1], cells[2], cells[3]))
          .toList();
    }
  }

  private Visit truthOf(Row row) {
    Visit visit = truth.get(row.finding());
    assertThat(visit).isNotNull();
    return visit == null ? new Visit(0, "", "") : visit;
  }

  private long day(Row row) {
    return LocalDate.parse(truthOf(row).day()).toEpochDay();
  }

  private List<Row> guessing(List<Row> rows) {
    List<Row> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, random);
    return shuffled;
  }

  @Test
  void daysOfVisitsCannotBeEstimatedFromYearAndPosition() throws IOException {
    List<Row> rows = release("years", "a", Basis.DE_IDENTIFIED);

    double attack = medianErrorOfDays(rows);
    double guess = medianErrorOfDays(guessing(rows));

    System.out.printf(
        Locale.ROOT,
        "day of a visit from year and position: median error %.0f days, guessing %.0f%n",
        attack,
        guess);
    assertThat(rows).hasSize(VISITS);
    assertThat(attack).isGreaterThan(0.9 * guess);
  }

  /** The attacker spreads the rows of a year evenly over its days, in the order of the file. */
  private double medianErrorOfDays(List<Row> rows) {
    Map<String, List<Row>> years = new HashMap<>();
    rows.forEach(row -> years.computeIfAbsent(row.released(), year -> new ArrayList<>()).add(row));
    List<Double> errors = new ArrayList<>();
    years.forEach(
        (year, inYear) -> {
          long newYear = LocalDate.of(Integer.parseInt(year), 1, 1).toEpochDay();
          for (int i = 0; i < inYear.size(); i++) {
            double estimate = newYear + 365.0 * (i + 0.5) / inYear.size();
            errors.add(Math.abs(estimate - day(inYear.get(i))));
          }
        });
    return median(errors);
  }

  @Test
  void shiftsOfDatesCannotBeEstimatedFromPosition() throws IOException {
    List<Row> rows = release("shifted", "b", Basis.SHIFTED);

    double attack = medianErrorOfShifts(rows);
    double guess = medianErrorOfShifts(guessing(rows));

    System.out.printf(
        Locale.ROOT,
        "shift of a patient from positions: median error %.0f days, guessing %.0f%n",
        attack,
        guess);
    assertThat(attack).isGreaterThan(0.9 * guess);
  }

  /**
   * The attacker takes the true day of a row from its position in the file, and the mean of what
   * that gives for the rows of a patient as the patient's shift.
   */
  private double medianErrorOfShifts(List<Row> rows) {
    Map<String, List<Double>> estimates = new HashMap<>();
    Map<String, Double> shifts = new HashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      if (!rows.get(i).released().isEmpty()) {
        double released = LocalDate.parse(rows.get(i).released()).toEpochDay();
        double position = FIRST.toEpochDay() + DAYS * (i + 0.5) / rows.size();
        estimates
            .computeIfAbsent(rows.get(i).patient(), patient -> new ArrayList<>())
            .add(released - position);
        shifts.put(rows.get(i).patient(), released - day(rows.get(i)));
      }
    }
    List<Double> errors = new ArrayList<>();
    estimates.forEach(
        (patient, found) -> {
          double mean = found.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
          errors.add(Math.abs(mean - shifts.getOrDefault(patient, 0.0)));
        });
    return median(errors);
  }

  @Test
  void peopleOfTwoStudiesCannotBeLinkedByPosition() throws IOException {
    List<Row> one = release("one", "a", Basis.DE_IDENTIFIED);
    List<Row> other = release("other", "b", Basis.DE_IDENTIFIED);

    long attack = linked(patients(one), patients(other));
    long guess = linked(patients(one), patients(guessing(other)));

    System.out.printf(
        Locale.ROOT,
        "people of two studies linked by position: %d of %d, guessing %d%n",
        attack,
        PATIENTS,
        guess);
    assertThat(attack).isLessThan(10);
  }

  /** The patients of a file in the order in which they first occur. */
  private List<Integer> patients(List<Row> rows) {
    return rows.stream().map(row -> truthOf(row).patient()).distinct().toList();
  }

  private static long linked(List<Integer> one, List<Integer> other) {
    long linked = 0;
    for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
      linked += one.get(i).equals(other.get(i)) ? 1 : 0;
    }
    return linked;
  }

  @Test
  void oneTimeCodesOfTwoReleasesCannotBeLinkedByPosition() throws IOException {
    List<Row> one = release("first", "a", Basis.ONE_TIME);
    List<Row> other = release("second", "a", Basis.ONE_TIME);

    long attack = sameVisits(one, other);
    long guess = sameVisits(one, guessing(other));

    System.out.printf(
        Locale.ROOT,
        "visits under one-time codes of two releases linked by position: %d of %d, guessing %d%n",
        attack,
        VISITS,
        guess);
    assertThat(attack).isLessThan(VISITS / 100);
  }

  private static long sameVisits(List<Row> one, List<Row> other) {
    long same = 0;
    for (int i = 0; i < one.size(); i++) {
      same += one.get(i).finding().equals(other.get(i).finding()) ? 1 : 0;
    }
    return same;
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
