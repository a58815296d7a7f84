package org.consentry.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.consentry.plan.Planner;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.consentry.risk.GroupSizes;
import org.consentry.risk.PopulationUniques;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Ten people in groups of 1, 1, 2, 3 and 3 beside a population. */
final class PopulationMeasureTest {

  private static final String FILE = "jobs/population.csv";

  @TempDir private Path root;
  private SmallClinic clinic;
  private Path job;

  @BeforeEach
  void clinic() throws IOException {
    clinic = new SmallClinic(root).patients(0, 9);
    job = clinic.job("visits", "a", "uni", Basis.DE_IDENTIFIED);
    String[] sexes = {"A", "B", "C", "C", "", "", "", "E", "E", "E"};
    for (int patient = 0; patient < sexes.length; patient++) {
      String id = SmallClinic.id(patient) + ",1970-01-01,";
      clinic.edit("clinic/patients.csv", id + "F", id + sexes[patient]);
    }
    population("A,1", "B,4", "C,2", ",10", "E,33");
  }

  private void population(String... rows) throws IOException {
    Files.writeString(root.resolve(FILE), "patients.sex,count\n" + String.join("\n", rows) + "\n");
  }

  private void rule(String population) {
    rule("[patients.sex]", population);
  }

  private void rule(String identity, String population) {
    clinic.append(
        "jobs/visits.yaml",
        "risk: {identity: " + identity + ", onViolation: report, population: " + population + "}");
  }

  private JsonNode population() {
    return population(clinic.release(job));
  }

  private static JsonNode population(Path release) {
    return new JsonMapper()
        .readTree(release.resolve("manifest.json").toFile())
        .at("/predicate/risk/population");
  }

  private static String page(Path release) throws IOException {
    return Files.readString(release.resolve("manifest.html"));
  }

  /** A missing value is a value of its own in the file as well. */
  @Test
  void measuresJournalistAndMarketerWhereThePopulationIsCounted() throws IOException {
    rule("{file: population.csv, region: Arizona}");

    Path release = clinic.release(job);

    JsonNode found = population(release);
    assertThat(page(release)).contains("Marketer risk", "Share of the population that is alone");
    assertThat(found.path("region").asString()).isEqualTo("Arizona");
    assertThat(found.path("size").asLong()).isEqualTo(50);
    assertThat(found.path("sampleUniques").asDouble()).isEqualTo(0.2);
    assertThat(found.path("highestJournalistRisk").asDouble()).isEqualTo(1);
    assertThat(found.path("marketerRisk").asDouble()).isCloseTo(581.0 / 2200, within(5e-7));
    assertThat(found.path("lowestPresence").asDouble()).isCloseTo(1.0 / 11, within(5e-7));
    assertThat(found.path("highestPresence").asDouble()).isEqualTo(1);
  }

  /** An identity of the population that no released person has is one, too. */
  @Test
  void countsPeopleOfWhomNoOneIsReleased() throws IOException {
    population("A,1", "B,4", "C,2", ",10", "E,33", "G,50");
    rule("{file: population.csv}");

    JsonNode found = population();

    assertThat(found.path("size").asLong()).isEqualTo(100);
    assertThat(found.path("lowestPresence").asDouble()).isZero();
    assertThat(found.path("marketerRisk").asDouble()).isCloseTo(581.0 / 2200, within(5e-7));
  }

  @Test
  void estimatesWhoIsAloneInAPopulationOfAKnownSize() {
    rule("{size: 200, region: a county}");
    PopulationUniques models = new PopulationUniques(GroupSizes.of(1, 1, 2, 3, 3), 200);

    JsonNode found = population();

    JsonNode uniques = found.path("populationUniques");
    assertThat(uniques.path("dankar").asDouble())
        .isCloseTo(models.byDankarsRule() / 200, within(5e-7));
    assertThat(uniques.path("zayatz").asDouble()).isCloseTo(models.zayatz() / 200, within(5e-7));
    assertThat(uniques.has("pitman")).isTrue();
    assertThat(uniques.has("snb")).isTrue();
    assertThat(found.has("marketerRisk")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {size: 9}              | the population has 9 people, and 10 subjects are released | all its groups
          {file: population.csv} | 2 groups of released subjects have fewer people in the population's file, or none | all its groups; write its values as they are released: with a risk plan, at the levels of the plan
          """)
  void aPopulationSmallerThanTheReleaseEndsTheRun(String rule, String message, String remedy)
      throws IOException {
    population("A,1", "B,4", "C,1", "E,33");
    rule(rule);

    assertThatThrownBy(() -> clinic.release(job))
        .isInstanceOf(ProblemException.class)
        .hasMessageMatching("(?s).*visits.yaml:\\d+:\\d+: error POPULATION_SMALLER .*")
        .hasMessageContaining(message + "; nothing was released; name the population")
        .hasMessageEndingWith(remedy)
        .extracting(refused -> ((ProblemException) refused).category())
        .isEqualTo(Category.DISCLOSURE_CHECK);
    assertThat(root.resolve("releases/visits")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [patients.sex] | {size: 0}             | A,1 | size must be 1 or more but was 0
          [patients.sex] | {region: x}           | A,1 | population needs size or file, and not both
          [patients.sex] | {size: 9, file: x}    | A,1 | population needs size or file, and not both
          [patients.sex] | {file: none.csv}      | A,1 | FILE_UNREADABLE file 'none.csv' cannot be read as UTF-8 text; name a file relative to the job
          [patients.sex] | {file: population.csv} | A,0 | expected a count of 1 or more but found '0'
          [patients.sex] | {file: population.csv} | A,many | expected a count of 1 or more
          [patients.sex] | {file: population.csv} | A,1,2 | LIST_RAGGED
          [patients.sex] | {file: population.csv} | A,1;A,2 | an earlier row has the same values
          [patients.sex, patients.patient_id] | {file: population.csv} | A,1 | expected the columns patients.sex, patients.patient_id, count
          [patients.sex, visits.visit_year] | {file: population.csv} | A,1 | a file of a population needs identity columns of the subjects table alone
          """)
  void refusesAPopulationThatCannotBeCompared(
      String identity, String rule, String rows, String message) throws IOException {
    population(rows.split(";", -1));
    rule(identity, rule);

    assertThatThrownBy(() -> Planner.plan(job, clinic.now().toLocalDate()))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(message);
  }
}
