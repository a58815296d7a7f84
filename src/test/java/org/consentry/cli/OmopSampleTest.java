package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The sample's tables of OMOP CDM 5.4 release whom its own tables release, with integer ids. */
final class OmopSampleTest {

  static final String OMOP = "omop-safe-harbor";
  private static final SampleReleases RELEASES = SampleReleases.get();
  private static Sql released = Sql.open();
  private static Sql clinic = Sql.open();

  @BeforeAll
  static void release() {
    released = Sql.ofRelease(RELEASES.made(OMOP));
    clinic = Sql.ofRelease(RELEASES.release(SampleReleases.EYELID));
  }

  @AfterAll
  static void close() {
    released.close();
    clinic.close();
  }

  @Test
  void theSameSubjectsAreReadExcludedAndReleased() {
    JsonNode subjects = RELEASES.internalManifest(OMOP).at("/consent/subjects");

    assertThat(subjects)
        .isEqualTo(RELEASES.internalManifest(SampleReleases.EYELID).at("/consent/subjects"));
    assertThat(subjects.path("released").asInt()).isEqualTo(313);
  }

  /** Codes differ in form, so people and their visits are compared by what is known of them. */
  @Test
  void thePeopleAndTheirVisitsAreTheSame() {
    String of =
        "SELECT %s, state, zip3, visits FROM %s JOIN (SELECT %s, list_sort(list([%s,"
            + " age_at_visit])) AS visits FROM %s WHERE %s IS NOT NULL GROUP BY ALL) USING (%s)"
            + " ORDER BY ALL";

    assertThat(
            released.rows(
                of.formatted(
                    "year_of_birth",
                    "person JOIN person_location USING (person_id)",
                    "person_id",
                    "visit_start_year",
                    "visit_occurrence",
                    "visit_start_year",
                    "person_id")))
        .isEqualTo(
            clinic.rows(
                of.formatted(
                    "birth_year",
                    "patients",
                    "patient_id",
                    "visit_year",
                    "visits",
                    "visit_year",
                    "patient_id")))
        .hasSizeGreaterThan(300);
  }

  @ParameterizedTest
  @CsvSource({
    "person, person_id",
    "visit_occurrence, visit_occurrence_id",
    "condition_occurrence, condition_occurrence_id",
    "procedure_occurrence, procedure_occurrence_id",
    "drug_exposure, drug_exposure_id",
    "measurement, measurement_id",
    "observation, observation_id",
    "observation_period, observation_period_id",
    "death, person_id"
  })
  void idsAreUniquePositiveIntegersOf32Bits(String table, String id) {
    assertThat(
            released.rows(
                ("SELECT count(DISTINCT %2$s) = count(*), min(%2$s) >= 1000000000, max(%2$s) <"
                        + " 2000000000, any_value(typeof(%2$s)) FROM %1$s")
                    .formatted(table, id)))
        .containsExactly("true|true|true|BIGINT");
  }

  @Test
  void everyIdIsThatOfARowOfTheRelease() {
    for (String table :
        List.of(
            "condition_occurrence",
            "procedure_occurrence",
            "drug_exposure",
            "measurement",
            "observation")) {
      assertThat(
              released.number(
                  "SELECT count(*) FROM "
                      + table
                      + " LEFT JOIN visit_occurrence v USING (visit_occurrence_id) LEFT JOIN person"
                      + " p ON p.person_id = "
                      + table
                      + ".person_id WHERE p.person_id IS NULL OR (visit_occurrence_id IS NOT NULL"
                      + " AND v.person_id IS DISTINCT FROM p.person_id)"))
          .as(table)
          .isZero();
    }
  }

  /**
   * An id in the order of the source would show who came first. Visits are found again by the
   * measurements of a year and a value that only one of them has.
   */
  @Test
  void theOrderOfIdsIsNotThatOfTheSource() {
    Path source = RELEASES.place().root().resolve("sample-data/omop/measurement.csv");
    released.csv("source_measurement", source);
    String only =
        "SELECT measurement_concept_id::VARCHAR AS concept, %s::INTEGER AS year,"
            + " value_as_number::DOUBLE AS value, any_value(visit_occurrence_id)::BIGINT AS visit,"
            + " any_value(measurement_id)::BIGINT AS id FROM %s WHERE value_as_number::VARCHAR <>"
            + " '' GROUP BY ALL HAVING count(*) = 1";
    String found =
        "FROM (%s) r JOIN (%s) s USING (concept, year, value)"
            .formatted(
                only.formatted("measurement_year", "measurement"),
                only.formatted("left(measurement_date, 4)", "source_measurement"));

    for (String id : List.of("visit", "id")) {
      assertThat(released.number("SELECT count(r.%1$s) %2$s".formatted(id, found)))
          .as(id)
          .isGreaterThan(100);
      assertThat(
              Double.parseDouble(
                  released.rows("SELECT corr(r.%1$s, s.%1$s) %2$s".formatted(id, found)).get(0)))
          .as(id)
          .isBetween(-0.5, 0.5);
      assertThat(released.number("SELECT count(*) %2$s WHERE r.%1$s = s.%1$s".formatted(id, found)))
          .as(id)
          .isZero();
    }
  }

  /** Two years of a supply beside its days, or of a night, are exact days. */
  @Test
  void noTableHasTheYearsOfTwoDates() {
    released.csv(
        "source_drug", RELEASES.place().root().resolve("sample-data/omop/drug_exposure.csv"));

    assertThat(
            released.number(
                "SELECT count(*) FROM source_drug WHERE left(drug_exposure_start_date, 4) <>"
                    + " left(drug_exposure_end_date, 4) AND days_supply <> ''"))
        .isPositive();
    assertThat(
            released.rows(
                "SELECT count(*), max(years) FROM (SELECT count(*) AS years FROM"
                    + " information_schema.columns WHERE suffix(column_name, '_year') AND table_name"
                    + " <> 'observation_period' GROUP BY table_name)"))
        .containsExactly("7|1");
  }

  /** What a recipient could compute from the other tables, and nothing else. */
  @Test
  void theObservationPeriodIsComputedFromTheOtherTables() {
    assertThat(released.rows("SELECT * FROM observation_period ORDER BY ALL"))
        .isEqualTo(released.rows(periods()))
        .hasSizeGreaterThan(300);
    assertThat(
            released.number(
                "SELECT count(*) FROM observation_period WHERE observation_period_start_year <"
                    + " observation_period_end_year"))
        .isPositive();
  }

  /** The periods, computed from the other tables of a release. */
  static String periods() {
    String events =
        Stream.of(
                "visit_start_year FROM visit_occurrence",
                "condition_start_year FROM condition_occurrence",
                "procedure_year FROM procedure_occurrence",
                "drug_exposure_start_year FROM drug_exposure",
                "measurement_year FROM measurement",
                "observation_year FROM observation")
            .map(column -> "SELECT person_id, " + column)
            .collect(Collectors.joining(" UNION ALL "));
    return "SELECT person_id, person_id, min(year), max(year), 32882 FROM ("
        + events
        + ") AS events(person_id, year) WHERE year IS NOT NULL GROUP BY person_id ORDER BY ALL";
  }

  @Test
  void theReleaseStatesThatTheObservationPeriodIsComputed() {
    JsonNode table = SampleReleases.table(RELEASES.recipientManifest(OMOP), "observation_period");

    assertThat(table.path("computed").asString())
        .startsWith("computed from the release alone: a row for each person with a value in")
        .contains("visit_occurrence.visit_start_year, condition_occurrence.condition_start_year");
    assertThat(table.path("rows").propertyNames()).containsExactly("released");
    assertThat(table.path("key").get(0).asString()).isEqualTo("observation_period_id");
    assertThat(table.at("/references/0/columns/0").asString()).isEqualTo("person_id");
    assertThat(table.at("/references/0/table").asString()).isEqualTo("person");
    assertThat(
            Installation.read(RELEASES.release(OMOP).resolve("flow.csv"))
                .lines()
                .filter(line -> line.startsWith("rows,observation_period,")))
        .singleElement()
        .asString()
        .startsWith(
            "rows,observation_period,computed,,313,,\"computed from the release alone: a row for");
    for (String page : List.of("manifest.html", "codebook.html")) {
      assertThat(Installation.read(RELEASES.release(OMOP).resolve(page)))
          .contains("This table is computed from the release alone: a row for each person with a");
    }
    assertThat(Installation.read(RELEASES.release(OMOP).resolve("flow.svg")))
        .contains(">Rows of observation_period");
  }

  /** An observation may be an age of 94, or a place. */
  @Test
  void noValueOfAnObservationIsReleased() {
    assertThat(
            released.rows(
                "SELECT column_name FROM information_schema.columns WHERE table_name ="
                    + " 'observation'"))
        .containsExactlyInAnyOrder(
            "observation_id",
            "person_id",
            "observation_concept_id",
            "observation_year",
            "observation_type_concept_id",
            "visit_occurrence_id");
  }

  /** The least and the greatest id, or a picture of ids, would mean nothing. */
  @Test
  void idsAreCountedAsCodesAndNotAsNumbers() {
    List<JsonNode> ids =
        datapackage()
            .path("resources")
            .valueStream()
            .flatMap(table -> table.at("/schema/fields").valueStream())
            .filter(field -> field.at("/constraints/minimum").asLong(0) == 1_000_000_000)
            .map(field -> field.path("consentry:figures"))
            .toList();

    assertThat(ids)
        .hasSizeGreaterThan(15)
        .allMatch(figures -> figures.has("values") && !figures.has("quantiles"));
  }

  private static JsonNode datapackage() {
    return JsonMapper.shared()
        .readTree(Installation.read(RELEASES.release(OMOP).resolve("datapackage.json")));
  }

  @Test
  void theReleaseStatesTheFormOfIds() {
    String datapackage = Installation.read(RELEASES.release(OMOP).resolve("datapackage.json"));
    JsonNode person = SampleReleases.table(RELEASES.recipientManifest(OMOP), "person");

    assertThat(datapackage)
        .containsPattern("\"minimum\" : 1000000000,\\s+\"maximum\" : 1999999999");
    assertThat(person.at("/columns/0/parameters/numbers").asString())
        .isEqualTo("1000000000 to 1999999999");
    assertThat(person.at("/columns/0/released/type").asString()).isEqualTo("integer");
  }
}
