package org.consentry.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.Planner;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.consentry.release.Disclosure;
import org.consentry.testing.Notes;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.consentry.testing.SmallClinic.Visit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How many share what an adversary may know is what a reader counts in the released files. */
final class RiskStageTest {

  private static final int PEOPLE = 40;

  @TempDir private Path root;
  private SmallClinic clinic;
  private Path job;

  @BeforeEach
  void clinic() {
    Random random = new Random(7);
    List<Visit> visits = new ArrayList<>();
    for (int visit = 0; visit < 90; visit++) {
      String day = (2019 + random.nextInt(3)) + "-03-04";
      visits.add(new Visit(random.nextInt(PEOPLE), day, "F" + random.nextInt(3)));
    }
    clinic = new SmallClinic(root).patients(PEOPLE, visits).withdraws(3).withdraws(17);
    job = clinic.job("visits", "a", "uni", Basis.DE_IDENTIFIED);
  }

  private void risk(String rule) throws IOException {
    Files.writeString(job, "risk: " + rule + "\n", StandardOpenOption.APPEND);
  }

  /** A released person: what is known of it, and its events. */
  record Person(String code, String identity, List<String> events) {

    boolean shares(Person other, List<String> known) {
      List<String> left = new ArrayList<>(other.events);
      return identity.equals(other.identity) && known.stream().allMatch(left::remove);
    }
  }

  static List<List<String>> rows(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.skip(1).map(line -> List.of(line.split(",", -1))).toList();
    }
  }

  /**
   * The people of a release: sex and their visits' years are known of anyone, findings of events.
   */
  static List<Person> people(Path release) throws IOException {
    Map<String, String> sex = new TreeMap<>();
    rows(release.resolve("data/patients.csv")).forEach(row -> sex.put(row.get(0), row.get(1)));
    Map<String, List<List<String>>> visits =
        rows(release.resolve("data/visits.csv")).stream()
            .collect(Collectors.groupingBy(row -> row.get(1)));
    return sex.keySet().stream()
        .map(
            code -> {
              List<List<String>> own = visits.getOrDefault(code, List.of());
              return new Person(
                  code,
                  sex.get(code) + own.stream().map(row -> row.get(2)).sorted().toList(),
                  own.stream().map(row -> row.get(2) + row.get(3)).toList());
            })
        .toList();
  }

  private static long group(Person person, List<Person> people, List<String> known) {
    return people.stream().filter(other -> person.shares(other, known)).count();
  }

  static long smallest(Person person, List<Person> people, int known) {
    long smallest = group(person, people, List.of());
    List<String> events = person.events();
    for (int i = 0; known > 0 && i < events.size(); i++) {
      smallest = Math.min(smallest, group(person, people, List.of(events.get(i))));
      for (int j = i + 1; known > 1 && j < events.size(); j++) {
        List<String> two = List.of(events.get(i), events.get(j));
        smallest = Math.min(smallest, group(person, people, two));
      }
    }
    return smallest;
  }

  private static JsonNode risk(Path release) {
    return new JsonMapper()
        .readTree(release.resolve("manifest.json").toFile())
        .at("/predicate/risk");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void reportsWhatBruteForceFindsInTheReleasedFiles(int known) throws IOException {
    String events =
        known == 0
            ? ""
            : ", events: {columns: [visits.visit_year, visits.finding], known: " + known + "}";
    risk("{identity: [patients.sex, visits.visit_year], k: 3, onViolation: report" + events + "}");

    Path release = clinic.release(job);

    List<Person> people = people(release);
    List<Long> sizes =
        people.stream().map(person -> smallest(person, people, known)).sorted().toList();
    JsonNode risk = risk(release);
    assertThat(people).hasSize(PEOPLE - 2);
    assertThat(risk.path("subjects").asLong()).isEqualTo(people.size());
    assertThat(risk.path("smallestGroup").asLong()).isEqualTo(sizes.get(0));
    assertThat(risk.path("subjectsAlone").asLong())
        .isEqualTo(sizes.stream().filter(size -> size == 1).count());
    assertThat(risk.path("subjectsBelowK").asLong())
        .isEqualTo(sizes.stream().filter(size -> size < 3).count())
        .isPositive();
    assertThat(risk.path("averageRisk").asDouble())
        .isCloseTo(
            sizes.stream().mapToDouble(size -> 1.0 / size).average().orElse(0), within(1e-6));
    assertThat(risk.at("/subjectsBySizeOfGroup/2-4").asLong())
        .isEqualTo(sizes.stream().filter(size -> size >= 2 && size <= 4).count());
  }

  private Disclosure.Risk dry() {
    ExportPlan plan = Planner.plan(job, clinic.now().toLocalDate());
    return new DryRisk(plan, new Notes()).measure(clinic.now());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void measuresWithoutAReleaseWhatTheReleaseHas(int known) throws IOException {
    String events =
        known == 0
            ? ""
            : ", events: {columns: [visits.visit_year, visits.finding], known: " + known + "}";
    risk("{identity: [patients.sex, visits.visit_year], k: 3, onViolation: report" + events + "}");

    Disclosure.Groups dry = dry().groups();
    assertThat(root.resolve("releases")).doesNotExist();
    assertThat(clinic.state().home().resolve("vault")).isEmptyDirectory();

    JsonNode released = risk(clinic.release(job));
    assertThat(dry.subjects()).isEqualTo(released.path("subjects").asLong());
    assertThat(dry.smallest()).isEqualTo(released.path("smallestGroup").asLong());
    assertThat(dry.uniques()).isEqualTo(released.path("subjectsAlone").asLong());
    assertThat(dry.below()).isEqualTo(released.path("subjectsBelowK").asLong());
    assertThat(dry.averageRisk()).isCloseTo(released.path("averageRisk").asDouble(), within(1e-6));
    dry.bands()
        .forEach(
            (band, people) ->
                assertThat(released.path("subjectsBySizeOfGroup").path(band).asLong())
                    .as(band)
                    .isEqualTo(people));
  }

  /** Nothing is left out where nothing is released; the person reads that a run does. */
  @Test
  void remarksWithoutAReleaseWhomARunLeavesOut() throws IOException {
    risk("{identity: [patients.sex, visits.visit_year], k: 3, onViolation: suppress}");
    Notes notes = new Notes();
    DryRisk dry = new DryRisk(Planner.plan(job, clinic.now().toLocalDate()), notes);

    dry.gate(dry.measure(clinic.now()));

    assertThat(notes.list())
        .anyMatch(note -> note.contains("a run leaves them out, and those whose groups"));
  }

  /** Without the third person the second is alone with a finding, and then the first. */
  @Test
  void blocksWithoutAReleaseWhenNoOneIsLeftInTheEnd() throws IOException {
    SmallClinic few =
        new SmallClinic(root.resolve("few"))
            .patients(
                3,
                List.of(
                    new Visit(0, "2020-03-04", "F0"),
                    new Visit(1, "2020-03-04", "F0"),
                    new Visit(1, "2020-03-04", "F1"),
                    new Visit(2, "2020-03-04", "F1"),
                    new Visit(2, "2020-03-04", "F2")));
    Path three = few.job("visits", "a", "uni", Basis.DE_IDENTIFIED);
    Files.writeString(
        three,
        "risk: {identity: [patients.sex], k: 2, onViolation: suppress,"
            + " events: {columns: [visits.finding], known: 1}}\n",
        StandardOpenOption.APPEND);
    DryRisk dry = new DryRisk(Planner.plan(three, few.now().toLocalDate()), new Notes());

    Disclosure.Risk measured = dry.measure(few.now());

    assertThat(measured.groups().below()).isEqualTo(1);
    assertThatThrownBy(() -> dry.gate(measured))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("error NOTHING_TO_RELEASE 3 of 3 released subjects are in groups");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "identity: [patients.sex] | a person who knows sex",
        "identity: [patients.sex, visits.visit_year], events: {columns: [visits.finding], known: 1}"
            + " | a person who knows sex, visit year and one of the visits (finding)",
        "identity: [patients.sex], events: {columns: [visits.finding, visits.visit_year], known: 2}"
            + " | a person who knows sex and up to two of the visits (finding, visit year)"
      })
  void describesTheAdversaryInPlainWords(String rule, String words) throws IOException {
    risk("{" + rule + ", onViolation: report}");

    assertThat(dry().adversary()).isEqualTo(words);
  }

  /** Rows of visits have no code of the patient, or another one than the patients' rows. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{role: linkage-key, do: drop}",
        "{role: linkage-key, do: pseudonymize, domain: guest, code: random, type: code, why: no}"
      })
  void theRecipientGetsNoGroupsThatCannotBeCountedInTheFiles(String code) throws IOException {
    String before = "why: counts}\n      patient_id: ";
    clinic.edit(
        "mappings/years.yaml",
        before
            + "{role: linkage-key, do: pseudonymize, domain: patient, code: random, type: code,"
            + " why: joins tables}",
        before + code);
    risk("{identity: [patients.sex, visits.visit_year], k: 3, onViolation: report}");

    Path release = clinic.release(job);

    JsonNode risk = risk(release);
    assertThat(risk.path("groups").asString()).startsWith("not in this edition: not all tables");
    assertThat(risk.properties().stream().map(Map.Entry::getKey))
        .containsExactly(
            "adversary",
            "knownOfAnyone",
            "knownOfEvents",
            "unit",
            "k",
            "onViolation",
            "missingValues",
            "groups");
    assertThat(Files.readString(release.resolve("manifest.html")))
        .contains("not in this edition: not all tables")
        .doesNotContain("People by the size of their group");
    assertThat(internal().path("smallestGroup").asLong()).isPositive();
    assertThat(internal().path("subjectsBySizeOfGroup").isObject()).isTrue();
  }

  @Test
  void columnsOfTheSubjectsTableAreCountedWithoutACode() throws IOException {
    String before = "why: counts}\n      patient_id: ";
    clinic.edit(
        "mappings/years.yaml",
        before
            + "{role: linkage-key, do: pseudonymize, domain: patient, code: random, type: code,"
            + " why: joins tables}",
        before + "{role: linkage-key, do: drop}");
    risk("{identity: [patients.sex], onViolation: report}");

    assertThat(risk(clinic.release(job)).path("smallestGroup").asLong()).isEqualTo(38);
  }

  private JsonNode internal() throws IOException {
    try (Stream<Path> files = Files.walk(clinic.state().home())) {
      Path file = files.filter(f -> f.endsWith("manifest.internal.json")).findFirst().orElseThrow();
      return new JsonMapper().readTree(file.toFile()).at("/predicate/risk");
    }
  }

  @Test
  void warnsOfSmallGroupsThatItOnlyReports() throws IOException {
    risk("{identity: [patients.sex, visits.visit_year], k: 3, onViolation: report}");
    StageRun run = new StageRun(clinic, job);

    run.seal();

    assertThat(run.notes()).anyMatch(note -> note.contains("visits.yaml: warning SMALL_GROUPS"));
  }

  /** What was not looked at may be smaller than k: the person who releases it must know. */
  @Test
  void warnsOfSubjectsNotAllOfWhosePairsOfEventsWereLookedAt() throws IOException {
    String patient = rows(root.resolve("clinic/visits.csv")).get(0).get(1);
    clinic.append(
        "clinic/visits.csv",
        IntStream.rangeClosed(0, 2000)
            .mapToObj(event -> "M" + event + "," + patient + ",2020-03-04,G" + event)
            .toArray(String[]::new));
    risk(
        "{identity: [patients.sex], events: {columns: [visits.finding], known: 2},"
            + " onViolation: report}");
    StageRun run = new StageRun(clinic, job);

    run.seal();

    assertThat(run.notes())
        .anyMatch(
            note ->
                note.contains(
                    "warning MANY_EVENTS 1 released subject has more than 2000 different"
                        + " events"));
  }

  @Test
  void blocksAReleaseOfGroupsThatAreTooSmall() throws IOException {
    risk("{identity: [patients.sex, visits.visit_year], k: 3}");

    assertThatThrownBy(() -> clinic.release(job))
        .isInstanceOf(ProblemException.class)
        .hasMessageMatching(
            "(?s).*visits.yaml: error SMALL_GROUPS \\d+ of 38 released subjects are in groups of"
                + " fewer than 3 of whom an adversary may know the same; nothing was released; .*")
        .extracting(refused -> ((ProblemException) refused).category())
        .isEqualTo(Category.DISCLOSURE_CHECK);
    assertThat(root.resolve("releases/visits")).doesNotExist();
  }

  @Test
  void releasesGroupsThatAreLargeEnough() throws IOException {
    risk("{identity: [patients.sex]}");

    JsonNode risk = risk(clinic.release(job));

    assertThat(risk.path("k").asInt()).isEqualTo(11);
    assertThat(risk.path("onViolation").asString()).isEqualTo("block");
    assertThat(risk.path("smallestGroup").asInt()).isEqualTo(38);
    assertThat(risk.path("adversary").asString()).isEqualTo("a person who knows sex");
  }

  /**
   * Thirty with F, five with M and three without: strictly three are alone, leniently no one is.
   */
  @Test
  void aMissingValueIsItsOwnAndMayBeAnyInASecondMeasure() throws IOException {
    for (int patient = 20; patient < 28; patient++) {
      String before = SmallClinic.id(patient) + ",1970-01-01,";
      clinic.edit("clinic/patients.csv", before + "F", before + (patient < 25 ? "M" : ""));
    }
    risk("{identity: [patients.sex], k: 5, onViolation: report}");

    Path release = clinic.release(job);

    JsonNode risk = risk(release);
    assertThat(Files.readString(release.resolve("manifest.html")))
        .contains("Where a missing value may be any");
    assertThat(risk.path("missingValues").asString())
        .isEqualTo("a missing value is a value of its own");
    assertThat(risk.path("smallestGroup").asInt()).isEqualTo(3);
    assertThat(risk.path("subjectsBelowK").asInt()).isEqualTo(3);
    JsonNode lenient = risk.path("missingValuesMayBeAny");
    assertThat(lenient.path("smallestGroup").asInt()).isEqualTo(8);
    assertThat(lenient.path("subjectsBelowK").asInt()).isZero();
    assertThat(lenient.path("averageRisk").asDouble())
        .isCloseTo((30.0 / 33 + 5.0 / 8 + 3.0 / 38) / 38, within(1e-6));
  }

  @Test
  void peopleOfWhomEverythingIsMissingAreOneGroup() throws IOException {
    clinic.edit("clinic/patients.csv", ",F\n", ",\n");
    risk("{identity: [patients.sex]}");

    assertThat(risk(clinic.release(job)).path("smallestGroup").asInt()).isEqualTo(PEOPLE - 2);
  }

  @ParameterizedTest
  @CsvSource({"block, SMALL_GROUPS", "suppress, NOTHING_TO_RELEASE"})
  void aReleaseOfOnePersonIsOfOneWhoIsAlone(String onViolation, String code) throws IOException {
    for (int patient = 1; patient < PEOPLE; patient++) {
      clinic.withdraws(patient);
    }
    job = clinic.job("visits", "a", "uni", Basis.DE_IDENTIFIED);
    risk("{identity: [patients.sex], onViolation: " + onViolation + "}");

    assertThatThrownBy(() -> clinic.release(job))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("error " + code + " 1 of 1 released subject is in groups of");
  }

  @Test
  void aReleaseWithoutARuleIsNotMeasured() {
    assertThat(risk(clinic.release(job)).asString()).isEqualTo("not measured");
  }

  /** A split whose tuples are lost is extracted again; nothing is measured from half of them. */
  @ParameterizedTest
  @ValueSource(strings = {"lost", "shorter", "another"})
  void extractsASplitAgainWhoseTuplesAreDamaged(String damage) throws IOException {
    risk("{identity: [patients.sex]}");
    StageRun first = new StageRun(clinic, job);
    first.extract();
    try (Stream<Path> files = Files.list(first.staging().work())) {
      for (Path file : files.filter(f -> f.toString().endsWith(".known")).toList()) {
        damage(file, damage);
      }
    }

    StageRun again = new StageRun(clinic, job);
    again.seal();

    assertThat(again.workers().begun()).contains("extract-0 patients-0", "extract-1 visits-0");
  }

  private static void damage(Path file, String damage) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    switch (damage) {
      case "lost" -> Files.delete(file);
      case "shorter" -> Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 8));
      default -> {
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
      }
    }
  }

  @Test
  void anExpertsDeterminationNeedsARule() throws IOException {
    Files.writeString(
        job, Files.readString(job).replace("target: safe-harbor", "target: expert-determination"));
    LocalDate today = clinic.now().toLocalDate();

    assertThatThrownBy(() -> Planner.plan(job, today, today, Optional.of(ZoneOffset.UTC)))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(
            "error RISK_MISSING target 'expert-determination' asks for a very small risk, and the"
                + " job has no risk; add risk: with the released columns");
    risk("{identity: [patients.sex]}");
    assertThat(Planner.plan(job, today, today, Optional.of(ZoneOffset.UTC)).risk()).isPresent();
  }

  @Test
  void anExpertsDeterminationIsNotMetByAReport() throws IOException {
    Files.writeString(
        job, Files.readString(job).replace("target: safe-harbor", "target: expert-determination"));
    risk("{identity: [patients.sex], k: 5, onViolation: report}");
    LocalDate today = clinic.now().toLocalDate();

    assertThatThrownBy(() -> Planner.plan(job, today, today, Optional.of(ZoneOffset.UTC)))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(
            "error RISK_NOT_ENFORCED target 'expert-determination' asks for a very small risk, and"
                + " onViolation: report releases groups of fewer than 5; write onViolation: block,"
                + " or suppress");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {identity: [patients.sx]}                    | RISK_COLUMN no released column is named 'patients.sx'; did you mean 'patients.sex'?
          {identity: [patients.date_of_birth]}         | RISK_COLUMN no released column is named 'patients.date_of_birth'
          {identity: [sex]}                            | RISK_COLUMN no released column is named 'sex'
          {identity: [patients.sex, patients.sex]}     | RISK_COLUMN 'patients.sex' is named twice
          {identity: [patients.sex], events: {columns: [patients.sex, visits.finding], known: 1}} | RISK_EVENTS the columns of events are of more than one table
          {identity: [patients.sex], k: 1}             | k must be 2 or more but was 1
          {identity: [patients.sex], events: {columns: [visits.finding], known: 3}} | known must be 1 or 2 but was 3
          {identity: [patients.sex], sensitive: [{column: visits.findings, distinct: 2}]} | RISK_COLUMN no released column is named 'visits.findings'; did you mean 'visits.finding'?
          {identity: [patients.sex], sensitive: [{column: visits.finding}]} | column needs one of distinct, entropy, recursive and closeness but has 0
          {identity: [patients.sex], sensitive: [{column: visits.finding, distinct: 2, entropy: 2}]} | column needs one of distinct, entropy, recursive and closeness but has 2
          {identity: [patients.sex], sensitive: [{column: visits.finding, distinct: 1}]} | distinct must be 2 or more but was 1
          {identity: [patients.sex], sensitive: [{column: visits.finding, entropy: 1}]} | entropy must be more than 1 but was 1.0
          {identity: [patients.sex], sensitive: [{column: visits.finding, recursive: {c: 0, l: 2}}]} | c must be more than 0 but was 0.0
          {identity: [patients.sex], sensitive: [{column: visits.finding, recursive: {c: 1, l: 1}}]} | l must be 2 or more but was 1
          {identity: [patients.sex], sensitive: [{column: visits.finding, closeness: 2, distance: equal}]} | closeness must be 0 to 1 but was 2.0
          {identity: [patients.sex], sensitive: [{column: visits.finding, closeness: 0.2}]} | closeness needs distance: equal, ordered or hierarchical
          {identity: [patients.sex], sensitive: [{column: visits.finding, distinct: 2, distance: equal}]} | distance goes with closeness
          {identity: [patients.sex], sensitive: [{column: visits.finding, closeness: 0.2, distance: hierarchical}]} | distance needs hierarchy: a CSV file
          {identity: [patients.sex], sensitive: [{column: visits.finding, closeness: 0.2, distance: equal, hierarchy: a.csv}]} | hierarchy goes with distance: hierarchical
          {identity: [patients.sex], sensitive: [{column: visits.finding, closeness: 0.2, distance: hierarchical, hierarchy: a.csv}]} | FILE_UNREADABLE file 'a.csv' cannot be read as UTF-8 text; name a file relative to the job
          {identity: []}                               | EMPTY_LIST
          """)
  void refusesARuleThatCannotBeMeasured(String rule, String message) throws IOException {
    risk(rule);
    LocalDate today = clinic.now().toLocalDate();

    assertThatThrownBy(() -> Planner.plan(job, today, today, Optional.of(ZoneOffset.UTC)))
        .isInstanceOf(ProblemException.class)
        .hasMessageMatching("(?s).*visits.yaml:\\d+:\\d+: error .*")
        .hasMessageContaining(message);
  }
}
