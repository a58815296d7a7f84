package org.consentry.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.consentry.export.RiskStageTest.Person;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.consentry.testing.SmallClinic.Visit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code onViolation: suppress} leaves out the people of small groups, until no group is small. */
final class SmallGroupsTest {

  private static final int PEOPLE = 60;

  @TempDir private Path root;

  private SmallClinic clinic(long seed) {
    Random random = new Random(seed);
    List<Visit> visits = new ArrayList<>();
    for (int visit = 0; visit < 120; visit++) {
      String day = (2019 + random.nextInt(2)) + "-03-04";
      visits.add(new Visit(random.nextInt(PEOPLE), day, "F" + random.nextInt(3)));
    }
    return new SmallClinic(root).patients(PEOPLE, visits).withdraws(3).withdraws(17);
  }

  private static Path job(SmallClinic clinic, String name, Basis basis, String rule) {
    Path job = clinic.job(name, "a", "uni", basis);
    clinic.append("jobs/" + name + ".yaml", "risk: " + rule);
    return job;
  }

  private static String rule(int known, String onViolation) {
    String events =
        known == 0
            ? ""
            : ", events: {columns: [visits.visit_year, visits.finding], known: " + known + "}";
    return "{identity: [patients.sex, visits.visit_year], k: 3, onViolation: "
        + onViolation
        + events
        + "}";
  }

  /** Takes the people of small groups out, again and again. */
  private static Set<String> left(List<Person> people, int known) {
    List<Person> small =
        people.stream()
            .filter(person -> RiskStageTest.smallest(person, people, known) < 3)
            .toList();
    List<Person> others = people.stream().filter(person -> !small.contains(person)).toList();
    return small.isEmpty()
        ? people.stream().map(Person::code).collect(Collectors.toCollection(TreeSet::new))
        : left(others, known);
  }

  private static JsonNode predicate(Path manifest) {
    return new JsonMapper().readTree(manifest.toFile()).at("/predicate");
  }

  static JsonNode internal(SmallClinic clinic, String job) throws IOException {
    try (Stream<Path> files = Files.walk(clinic.state().home())) {
      return files
          .filter(file -> file.endsWith("manifest.internal.json"))
          .map(SmallGroupsTest::predicate)
          .filter(predicate -> predicate.at("/release/job").asString().equals(job))
          .findFirst()
          .orElseThrow();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void leavesOutExactlyWhomBruteForceFinds(int known) throws IOException {
    SmallClinic clinic = clinic(11);
    List<Person> people =
        RiskStageTest.people(
            clinic.release(job(clinic, "all", Basis.DE_IDENTIFIED, rule(known, "report"))));

    Path release =
        clinic.release(job(clinic, "left", Basis.DE_IDENTIFIED, rule(known, "suppress")));

    assertThat(SmallClinic.codes(release))
        .containsExactlyElementsOf(left(people, known))
        .hasSizeBetween(1, people.size() - 1);
    assertThat(RiskStageTest.rows(release.resolve("data/visits.csv")))
        .allMatch(visit -> SmallClinic.codes(release).contains(visit.get(1)));
    JsonNode risk = predicate(release.resolve("manifest.json")).path("risk");
    assertThat(risk.path("onViolation").asString()).isEqualTo("suppress");
    assertThat(risk.path("smallestGroup").asLong()).isGreaterThanOrEqualTo(3);
    assertThat(risk.path("subjectsBelowK").asLong()).isZero();
    assertThat(risk.path("subjects").asLong()).isEqualTo(SmallClinic.codes(release).size());
  }

  /** Their rows are counted, and the ledger does not list them as disclosed. */
  @Test
  void countsThePeopleAndTheirRowsUnderSmallGroup() throws IOException {
    SmallClinic clinic = clinic(12);
    Path all = clinic.release(job(clinic, "all", Basis.DE_IDENTIFIED, rule(2, "report")));

    Path left = clinic.release(job(clinic, "left", Basis.DE_IDENTIFIED, rule(2, "suppress")));

    int people = SmallClinic.codes(all).size() - SmallClinic.codes(left).size();
    JsonNode counted = internal(clinic, "left");
    assertThat(people).isPositive();
    assertThat(counted.at("/consent/subjects/excluded/SMALL_GROUP").asLong()).isEqualTo(people);
    assertThat(counted.at("/consent/subjects/released").asLong())
        .isEqualTo(SmallClinic.codes(left).size());
    for (String table : List.of("patients", "visits")) {
      JsonNode rows = table(counted, table).path("rows");
      int before = RiskStageTest.rows(all.resolve("data/" + table + ".csv")).size();
      int after = RiskStageTest.rows(left.resolve("data/" + table + ".csv")).size();
      assertThat(rows.at("/excluded/SMALL_GROUP").asLong()).isEqualTo(before - after);
      assertThat(rows.path("released").asLong()).isEqualTo(after);
    }
    assertThat(clinic.memberships().published())
        .extracting(release -> clinic.memberships().of(release).size())
        .containsExactlyInAnyOrder(SmallClinic.codes(all).size(), SmallClinic.codes(left).size());
  }

  static JsonNode table(JsonNode predicate, String name) {
    return predicate
        .path("tables")
        .valueStream()
        .filter(table -> table.path("name").asString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** The reason is the clinic's own, and the figure is one of the three groups, rounded. */
  @Test
  void theRecipientSeesThemInAGroupOfExclusions() throws IOException {
    SmallClinic clinic = clinic(12);

    Path release = clinic.release(job(clinic, "left", Basis.DE_IDENTIFIED, rule(2, "suppress")));

    long people = internal(clinic, "left").at("/consent/subjects/excluded/SMALL_GROUP").asLong();
    assertThat(SmallClinic.everything(release)).doesNotContain("SMALL_GROUP");
    assertThat(
            predicate(release.resolve("manifest.json"))
                .at("/consent/subjects/excluded/NOT_USABLE")
                .asString())
        .isEqualTo(people < 11 ? "<11" : Long.toString(Math.round(people / 10.0) * 10));
  }

  /** Fifteen are left out, then one of them withdraws: two releases must not show that. */
  @Test
  void theFigureMovesOnlyWhenElevenPeopleDid() {
    List<Visit> visits = new ArrayList<>();
    for (int patient = 0; patient < 45; patient++) {
      visits.add(new Visit(patient, (patient < 30 ? 2020 : 2021) + "-03-04", "F"));
    }
    SmallClinic clinic = new SmallClinic(root).patients(45, visits);
    Path job =
        job(
            clinic,
            "left",
            Basis.DE_IDENTIFIED,
            "{identity: [patients.sex, visits.visit_year], k: 16, onViolation: suppress}");

    Path first = clinic.release(job);
    clinic.withdraws(40).on("2026-11-24");
    Path second = clinic.release(job);

    assertThat(SmallClinic.codes(second)).isEqualTo(SmallClinic.codes(first)).hasSize(30);
    for (Path release : List.of(first, second)) {
      JsonNode excluded =
          predicate(release.resolve("manifest.json")).at("/consent/subjects/excluded");
      assertThat(excluded.path("NOT_USABLE").asString()).isEqualTo("20");
      assertThat(excluded.path("NOT_PERMITTED").asString()).isEqualTo("<11");
      JsonNode leftOut = predicate(release.resolve("manifest.json")).at("/risk/leftOut/0");
      assertThat(leftOut.path("column").asString()).isEqualTo("all people");
      assertThat(leftOut.path("peopleLeftOut").asString()).isEqualTo("20");
    }
  }

  /** Codes of people who are left out were drawn before, and are released nowhere. */
  @Test
  void namesNoOneWhoIsLeftOut() throws IOException {
    SmallClinic clinic = clinic(13);
    Random random = new Random(13);
    Path visits = root.resolve("clinic/visits.csv");
    List<String> named =
        Files.readAllLines(visits).stream()
            .map(line -> line.replaceAll("F\\d$", SmallClinic.id(random.nextInt(PEOPLE))))
            .toList();
    Files.write(visits, named);

    Path release =
        clinic.release(
            job(
                clinic,
                "naming",
                Basis.NAMING,
                "{identity: [patients.sex, visits.visited_on], k: 3, onViolation: suppress}"));

    List<String> codes = SmallClinic.codes(release);
    assertThat(internal(clinic, "naming").at("/consent/subjects/excluded/SMALL_GROUP").asLong())
        .isPositive();
    assertThat(RiskStageTest.rows(release.resolve("data/visits.csv")))
        .extracting(visit -> visit.get(3))
        .filteredOn(code -> !code.isEmpty())
        .isNotEmpty()
        .isSubsetOf(codes);
  }

  /**
   * The visit of the first person names one of two who are left out, so that it is left out as
   * well; then the person is alone without a visit, and the two others of its group are too few.
   */
  @Test
  void leavesOutPeopleWhoseRowsNeedThoseOfPeopleLeftOut() throws IOException {
    List<Visit> visits = new ArrayList<>();
    for (int patient = 0; patient < 8; patient++) {
      int named = patient == 0 ? 6 : 4;
      visits.add(new Visit(patient, "202" + patient / 3 + "-03-04", SmallClinic.id(named)));
    }
    SmallClinic clinic = new SmallClinic(root).patients(8, visits);
    Path job =
        job(
            clinic,
            "naming",
            Basis.NAMING,
            "{identity: [patients.sex, visits.visited_on], k: 3, onViolation: suppress}");
    clinic.edit(
        "mappings/naming.yaml",
        "    recordDate: [visited_on]",
        "    recordDate: [visited_on]\n    references: {finding: patients.patient_id}");

    Path release = clinic.release(job);

    assertThat(RiskStageTest.rows(release.resolve("data/visits.csv")))
        .extracting(visit -> visit.get(2))
        .containsExactly("2021-03-04", "2021-03-04", "2021-03-04");
    assertThat(clinic.notes())
        .filteredOn(note -> note.contains("left out (SMALL_GROUP)"))
        .extracting(note -> note.substring(0, note.indexOf(" released")))
        .containsExactly("2 of 8", "3 of 6");
    JsonNode counted = internal(clinic, "naming");
    assertThat(counted.at("/consent/subjects/excluded/SMALL_GROUP").asLong()).isEqualTo(5);
    assertThat(table(counted, "visits").at("/rows/excluded/SMALL_GROUP").asLong()).isEqualTo(5);
  }

  @Test
  void releasesNothingWhenNoOneIsLeft() {
    SmallClinic clinic = clinic(14);
    Path job =
        job(
            clinic,
            "none",
            Basis.DE_IDENTIFIED,
            "{identity: [patients.sex], k: 100, onViolation: suppress}");

    assertThatThrownBy(() -> clinic.release(job))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(
            "none.yaml: error NOTHING_TO_RELEASE 58 of 58 released subjects are in groups of fewer"
                + " than 100 of whom an adversary may know the same; no subject is left; ")
        .extracting(refused -> ((ProblemException) refused).category())
        .isEqualTo(Category.DISCLOSURE_CHECK);
    assertThat(root.resolve("releases/none")).doesNotExist();
  }

  /** Wherever a run is killed, resuming it ends in the same bytes as one that was not. */
  @Test
  void aKilledRunEndsInTheSameFilesWhenItIsResumed() throws IOException {
    SmallClinic clinic = clinic(15);
    Path job = job(clinic, "left", Basis.DE_IDENTIFIED, rule(2, "suppress"));
    StageRun whole = new StageRun(clinic, job);
    whole.sort();
    Map<String, String> expected = files(whole.staging().release());
    int partitions = whole.workers().begun().size();

    assertThat(partitions).isEqualTo(6);
    for (int after = 0; after < partitions; after++) {
      forget(whole.staging().folder());
      StageRun killed = new StageRun(clinic, job);
      killed.workers().stopAfter(after);
      assertThatThrownBy(killed::sort).hasMessage("stopped");
      StageRun resumed = new StageRun(clinic, job);

      StagedTables tables = resumed.sort();

      assertThat(files(resumed.staging().release())).isEqualTo(expected);
      assertThat(tables.counts()).isEqualTo(new StageRun(clinic, job).sort().counts());
      assertThat(resumed.workers().begun()).hasSizeLessThanOrEqualTo(partitions);
    }
  }

  /** Whom it leaves out is known already when it is killed later. */
  @Test
  void aResumedRunDoesNotExtractTwice() {
    SmallClinic clinic = clinic(15);
    Path job = job(clinic, "left", Basis.DE_IDENTIFIED, rule(2, "suppress"));
    new StageRun(clinic, job).extract();

    StageRun again = new StageRun(clinic, job);
    again.extract();

    assertThat(again.workers().begun()).isEmpty();
  }

  private static Map<String, String> files(Path folder) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        files.put(folder.relativize(file).toString(), Files.readString(file));
      }
    }
    return files;
  }

  /** Everything in staging but the key that codes of one release are made with. */
  private static void forget(Path staging) throws IOException {
    try (Stream<Path> walk = Files.walk(staging)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        if (!file.endsWith("one-time.key")) {
          Files.delete(file);
        }
      }
    }
  }
}
