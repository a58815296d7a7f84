package org.consentry.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.consentry.config.RiskRule.OnViolation;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.LongColumn;
import org.consentry.data.Prf;
import org.consentry.data.RowBatch;
import org.consentry.export.extract.KnownTuples;
import org.consentry.keys.OneTimeKey;
import org.consentry.plan.Planner;
import org.consentry.plan.RiskPlan;
import org.consentry.plan.TableExtract;
import org.consentry.risk.SubjectRisk;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From the released rows of two tables, the risk and whom suppression leaves out are those of a
 * comparison of each person with each.
 */
final class RandomClinicsTest {

  private static final int CLINICS = 10_000;
  private static final int K = 3;

  @TempDir private Path root;

  /** A released row: its person and values, of which a missing one is empty. */
  private record Row(int person, List<Optional<String>> values) {}

  private record Clinic(int people, List<Row> patients, List<Row> visits, int known) {

    static Clinic random(Random random) {
      int people = 1 + random.nextInt(14);
      List<Row> patients = new ArrayList<>();
      List<Row> visits = new ArrayList<>();
      for (int person = 0; person < people; person++) {
        if (random.nextInt(8) > 0) {
          patients.add(new Row(person, List.of(value(random, 2))));
          for (int visit = random.nextInt(3); visit > 0; visit--) {
            visits.add(new Row(person, List.of(value(random, 2), value(random, 3))));
          }
        }
      }
      Collections.shuffle(patients, random);
      Collections.shuffle(visits, random);
      return new Clinic(people, patients, visits, random.nextInt(3));
    }

    private static Optional<String> value(Random random, int values) {
      int value = random.nextInt(values + 1);
      return value == 0 ? Optional.empty() : Optional.of(Integer.toString(value));
    }

    BitSet released() {
      BitSet released = new BitSet();
      patients.forEach(row -> released.set(row.person()));
      return released;
    }

    /** Sex and the years of all visits are known of anyone. */
    String identity(int person) {
      return of(patients, person).map(Row::values).toList()
          + " "
          + of(visits, person).map(row -> row.values().get(0).toString()).sorted().toList();
    }

    List<List<Optional<String>>> events(int person) {
      return of(visits, person).map(Row::values).toList();
    }

    private static Stream<Row> of(List<Row> rows, int person) {
      return rows.stream().filter(row -> row.person() == person);
    }

    private long group(int person, BitSet left, List<List<Optional<String>>> events) {
      return left.stream()
          .filter(other -> identity(other).equals(identity(person)))
          .filter(
              other -> {
                List<List<Optional<String>>> own = new ArrayList<>(events(other));
                return events.stream().allMatch(own::remove);
              })
          .count();
    }

    int smallest(int person, BitSet left) {
      List<List<Optional<String>>> events = events(person);
      long smallest = group(person, left, List.of());
      for (int i = 0; known > 0 && i < events.size(); i++) {
        smallest = Math.min(smallest, group(person, left, List.of(events.get(i))));
        for (int j = i + 1; known > 1 && j < events.size(); j++) {
          smallest = Math.min(smallest, group(person, left, List.of(events.get(i), events.get(j))));
        }
      }
      return (int) smallest;
    }

    SubjectRisk risk() {
      BitSet all = released();
      return SubjectRisk.of(
          IntStream.range(0, people)
              .map(person -> all.get(person) ? smallest(person, all) : 0)
              .toArray(),
          K);
    }

    BitSet small() {
      BitSet left = released();
      List<Integer> more = List.of(0);
      while (!more.isEmpty()) {
        BitSet before = (BitSet) left.clone();
        more = before.stream().filter(one -> smallest(one, before) < K).boxed().toList();
        more.forEach(left::clear);
      }
      BitSet small = released();
      small.andNot(left);
      return small;
    }
  }

  private static Column texts(List<Row> rows, int position) {
    byte[] buffer = new byte[rows.size()];
    int[] starts = new int[rows.size()];
    int[] ends = new int[rows.size()];
    for (int row = 0; row < rows.size(); row++) {
      Optional<String> value = rows.get(row).values().get(position);
      buffer[row] = value.map(text -> text.getBytes(StandardCharsets.UTF_8)[0]).orElse((byte) 0);
      starts[row] = value.isPresent() ? row : BytesColumn.MISSING;
      ends[row] = row + 1;
    }
    return new BytesColumn(rows.size(), buffer, starts, ends);
  }

  private static Column numbers(List<Row> rows, int position) {
    return new LongColumn(
        rows.size(),
        rows.stream()
            .map(row -> row.values().get(position))
            .mapToLong(value -> value.map(Long::parseLong).orElse(LongColumn.MISSING))
            .toArray());
  }

  private static long[] tuples(
      TableExtract table, RiskPlan risk, Prf prf, List<Row> rows, IntFunction<Column> columns) {
    List<Column> all =
        IntStream.range(0, table.schema().fields().size()).mapToObj(columns).toList();
    KnownTuples tuples = new KnownTuples(table, risk, prf);
    tuples.add(
        new RowBatch(rows.size(), all, List.of(), row -> row),
        rows.stream().mapToInt(Row::person).toArray());
    return tuples.toArray();
  }

  private static TableExtract named(String name, List<TableExtract> tables) {
    return tables.stream().filter(table -> table.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void riskAndSuppressionEqualBruteForce() {
    SmallClinic small = new SmallClinic(root).patient(1, "2021-01-01");
    List<TableExtract> tables =
        Planner.plan(
                small.job("visits", "a", "uni", Basis.DE_IDENTIFIED), small.now().toLocalDate())
            .tables();
    TableExtract ofPatients = named("patients", tables);
    TableExtract ofVisits = named("visits", tables);
    Prf prf = OneTimeKey.inMemory().prf("known");
    Random random = new Random(20261129);
    for (int number = 0; number < CLINICS; number++) {
      Clinic clinic = Clinic.random(random);
      RiskPlan risk =
          new RiskPlan(
              List.of(
                  new RiskPlan.Columns("patients", List.of(1)),
                  new RiskPlan.Columns("visits", List.of(2))),
              clinic.known() == 0
                  ? Optional.empty()
                  : Optional.of(new RiskPlan.Columns("visits", List.of(2, 3))),
              clinic.known(),
              K,
              List.of(),
              Optional.empty(),
              OnViolation.SUPPRESS);
      long[] patients =
          tuples(ofPatients, risk, prf, clinic.patients(), at -> texts(clinic.patients(), 0));
      long[] visits =
          tuples(
              ofVisits,
              risk,
              prf,
              clinic.visits(),
              at ->
                  at == 2 ? numbers(clinic.visits(), 0) : texts(clinic.visits(), at == 3 ? 1 : 0));

      RiskMeasure.Measured found =
          new RiskMeasure(risk, Optional.empty())
              .measure(
                  clinic.people(),
                  clinic.released(),
                  reader -> {
                    reader.accept(ofPatients, patients);
                    reader.accept(ofVisits, visits);
                  });

      assertThat(found.risk()).as("clinic %d", number).isEqualTo(clinic.risk());
      assertThat(found.small()).as("clinic %d", number).isEqualTo(clinic.small());
    }
  }
}
