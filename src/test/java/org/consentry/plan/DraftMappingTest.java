package org.consentry.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.config.Binder;
import org.consentry.config.Mapping;
import org.consentry.config.OutputRule;
import org.consentry.config.TableRule;
import org.consentry.config.WithPlace;
import org.consentry.config.YamlFile;
import org.consentry.config.mapping.MappingCheck;
import org.consentry.data.RecordCategory;
import org.consentry.problem.Problem;
import org.consentry.problem.Problems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A first mapping is made of names alone, drops every column and is read without a mistake. */
final class DraftMappingTest {

  private static final List<String> PATIENTS = List.of("patient_id", "date_of_birth", "last_name");

  private static String draft(Map<String, List<String>> tables) {
    return DraftMapping.of(tables).orElseThrow();
  }

  private static Mapping read(String text) {
    Problems problems = new Problems();
    Optional<Mapping> mapping =
        YamlFile.parse(text.getBytes(StandardCharsets.UTF_8), "first.yaml", problems)
            .flatMap(yaml -> Binder.bind(yaml.root(), Mapping.class, problems));
    assertThat(problems.list()).isEmpty();
    new MappingCheck(mapping.orElseThrow(), problems).run();
    assertThat(problems.list()).extracting(Problem::code).isSubsetOf("NO_RECORD_DATE");
    return mapping.orElseThrow();
  }

  private static TableRule table(Map<String, List<String>> tables, String name) {
    return Optional.ofNullable(read(draft(tables)).tables().get(name)).orElseThrow();
  }

  private static List<String> names(List<WithPlace<String>> columns) {
    return columns.stream().map(WithPlace::value).toList();
  }

  @Test
  void dropsEveryColumnOfEveryTable() {
    Mapping mapping =
        read(
            draft(
                Map.of(
                    "patients",
                    PATIENTS,
                    "visits",
                    List.of("visit_id", "patient_id", "visited_on", "note"))));

    assertThat(mapping.tables().values())
        .flatExtracting(table -> table.columns().values())
        .flatExtracting(rule -> rule.outputs())
        .hasSize(7)
        .noneMatch(OutputRule::isReleased);
  }

  @Test
  void findsWhoThePersonsAre() {
    Mapping mapping = read(draft(Map.of("patients", PATIENTS)));

    assertThat(mapping.subjects().table().value()).isEqualTo("patients");
    assertThat(mapping.subjects().key().value()).isEqualTo("patient_id");
    assertThat(mapping.subjects().birthDate().orElseThrow().value()).isEqualTo("date_of_birth");
    assertThat(mapping.subjects().deathDate()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"patients", "Patient", "PEOPLE", "persons", "person", "subjects", "demographics"})
  void findsPersonsByTheNameOfTheirTable(String name) {
    Mapping mapping = read(draft(Map.of(name, List.of("patient_id", "last_name"))));

    assertThat(mapping.subjects().table().value()).isEqualTo(name);
  }

  @Test
  void findsPersonsByABirthDateWhereNoNameShowsThem() {
    Mapping mapping =
        read(draft(Map.of("a_visits", List.of("visit_id", "patient_id"), "registry", PATIENTS)));

    assertThat(mapping.subjects().table().value()).isEqualTo("registry");
  }

  @Test
  void makesNoDraftOfTablesThatShowNoPerson() {
    assertThat(DraftMapping.of(Map.of())).isEmpty();
    assertThat(DraftMapping.of(Map.of("stock", List.of("item", "price")))).isEmpty();
    assertThat(DraftMapping.of(Map.of("patients", List.of("height", "weight")))).isEmpty();
  }

  @Test
  void personsAreTimelessAndDemographic() {
    TableRule patients = table(Map.of("patients", PATIENTS), "patients");

    assertThat(patients.category().value()).isEqualTo(RecordCategory.DEMOGRAPHIC);
    assertThat(patients.timeless()).isPresent();
    assertThat(patients.recordDate()).isEmpty();
    assertThat(names(patients.key())).containsExactly("patient_id");
  }

  @Test
  void everyDateOfARecordIsItsDateUntilAPersonLooks() {
    TableRule visits =
        table(
            Map.of(
                "patients",
                PATIENTS,
                "visits",
                List.of("visit_id", "patient_id", "visited_on", "discharge_date")),
            "visits");

    assertThat(names(visits.recordDate())).containsExactly("visited_on", "discharge_date");
    assertThat(visits.timeless()).isEmpty();
  }

  @Test
  void theKeyOfARecordIsItsOwnNumber() {
    TableRule visits =
        table(
            Map.of(
                "patients",
                PATIENTS,
                "visits",
                List.of("episode_id", "visit_id", "patient_id", "visited_on")),
            "visits");

    assertThat(names(visits.key())).containsExactly("visit_id");
  }

  @Test
  void theKeyOfARecordWithoutANumberIsItsPersonAndDates() {
    TableRule weights =
        table(
            Map.of("patients", PATIENTS, "weights", List.of("patient_id", "measured_on", "weight")),
            "weights");

    assertThat(names(weights.key())).containsExactly("patient_id", "measured_on");
  }

  @Test
  void aTableThatNamesNoPersonIsLeftOutWithARemark() {
    String draft = draft(Map.of("patients", PATIENTS, "rooms", List.of("room", "floor")));

    assertThat(read(draft).tables()).containsOnlyKeys("patients");
    assertThat(draft).contains("# rooms is left out: no column seems to name the person of a row.");
  }

  @ParameterizedTest
  @CsvSource({
    "genetic_variants, GENETIC",
    "face_photos, FACE_PHOTO",
    "photos, PHOTO",
    "clinical_notes, NOTE",
    "implants, DEVICE",
    "procedures, PROCEDURE",
    "operations, PROCEDURE",
    "surgeries, PROCEDURE",
    "diagnoses, DIAGNOSIS",
    "labResults, LAB",
    "vital_signs, OBSERVATION",
    "prescriptions, MEDICATION",
    "allergies, ALLERGY",
    "vaccinations, IMMUNIZATION",
    "radiology, IMAGING",
    "careplans, CARE_PLAN",
    "proms, PROM",
    "claims, BILLING",
    "visits, VISIT",
    "whatever, VISIT",
    "slabs, VISIT"
  })
  void guessesTheCategoryByTheBeginningOfAWord(String name, RecordCategory category) {
    TableRule table =
        table(
            Map.of("patients", PATIENTS, name, List.of("record_id", "patient_id", "made_on")),
            name);

    assertThat(table.category().value()).isEqualTo(category);
  }

  @ParameterizedTest
  @CsvSource({
    "plain_name, plain_name",
    "_x1, _x1",
    "no, '\"no\"'",
    "Null, '\"Null\"'",
    "y, '\"y\"'",
    "1st, '\"1st\"'",
    "e-mail, '\"e-mail\"'",
    "'a: b', '\"a: b\"'",
    "'a\"b', '\"a\\\"b\"'",
    "'a\\b', '\"a\\\\b\"'"
  })
  void writesANameSoThatYamlReadsItBack(String name, String written) {
    assertThat(DraftMapping.word(name)).isEqualTo(written);
    assertThat(
            table(Map.of("patients", List.of("patient_id", "date_of_birth", name)), "patients")
                .columns())
        .containsKey(name);
  }

  @Test
  void theOrderOfTablesDoesNotMatter() {
    List<String> visits = List.of("visit_id", "patient_id", "visited_on");

    assertThat(draft(Map.of("patients", PATIENTS, "visits", visits)))
        .isEqualTo(draft(new LinkedHashMap<>(Map.of("visits", visits, "patients", PATIENTS))))
        .endsWith("\n");
  }
}
