package org.consentry.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
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
import org.consentry.data.Placeholder;
import org.consentry.data.RecordCategory;
import org.consentry.problem.Problem;
import org.consentry.problem.Problems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A first mapping is made of names alone, drops every column and is read without a mistake. */
final class DraftMappingTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 29);
  private static final List<String> PATIENTS = List.of("patient_id", "date_of_birth", "last_name");

  private static String draft(Map<String, List<String>> tables) {
    return DraftMapping.of(DraftSource.of(tables), TODAY).orElseThrow().text();
  }

  private static Mapping read(String text) {
    Problems problems = new Problems();
    Optional<Mapping> mapping =
        YamlFile.parse(text.getBytes(StandardCharsets.UTF_8), "first.yaml", problems)
            .flatMap(yaml -> Binder.bind(yaml.root(), Mapping.class, problems));
    new MappingCheck(mapping.orElseThrow(), problems).run();
    assertThat(problems.list())
        .extracting(Problem::code)
        .isSubsetOf("NO_RECORD_DATE", "PLACEHOLDER");
    return mapping.orElseThrow();
  }

  /** People, and one other table of that name. */
  private static Map<String, List<String>> clinic(String table, String... columns) {
    return Map.of("patients", PATIENTS, table, List.of(columns));
  }

  private static TableRule table(Map<String, List<String>> tables, String name) {
    return Optional.ofNullable(read(draft(tables)).tables().get(name)).orElseThrow();
  }

  private static List<String> names(List<WithPlace<String>> columns) {
    return columns.stream().map(WithPlace::value).toList();
  }

  @Test
  void proposesACompleteRuleForEveryColumn() {
    String draft =
        draft(
            Map.of(
                "patients",
                List.of("patient_id", "date_of_birth", "last_name", "sex", "zip", "income"),
                "visits",
                List.of("visit_id", "patient_id", "visited_on", "note", "skin_type")));

    assertThat(draft.substring(draft.indexOf("  patients:")))
        .isEqualTo(
            """
              patients:
                subject: patient_id
                key: patient_id  # by its name; there are no rows to check it
                category: DEMOGRAPHIC  # a guess; consent is asked for this category
                timeless: one row per person, no event
                columns:
                  patient_id:  # the person of a row; the same code in every table
                    role: linkage-key
                    do: pseudonymize
                    domain: patient
                    code: random
                    type: code
                    why: <why the study needs it>
                  date_of_birth:  # of the birth date
                    role: quasi-identifier
                    do: birth-year
                    onInvalid: blank
                    as: birth_year
                    type: integer
                    why: <why the study needs it>
                  last_name:  # by its name names, 45 CFR 164.514(b)(2)(i)(A)
                    role: direct-identifier
                    do: drop
                  sex:  # known of many people; rare values identify a person
                    role: quasi-identifier
                    do: keep
                    onInvalid: blank
                    type: code
                    why: <why the study needs it>
                  zip:  # ZIP codes
                    role: quasi-identifier
                    do: generalize
                    to: zip3
                    list: census-2020
                    onInvalid: blank
                    as: zip3
                    type: code
                    why: <why the study needs it>
                  income:  # an income
                    role: quasi-identifier
                    do: generalize
                    to: ranges
                    lowerBounds:
                      - 0
                      - 25000
                      - 50000
                      - 100000
                      - 200000
                    onInvalid: blank
                    as: income_range
                    type: code
                    why: <why the study needs it>
              visits:
                subject: patient_id
                key: visit_id  # by its name; there are no rows to check it
                recordDate:  # every date consent must cover; look at each
                  - visited_on
                category: VISIT  # a guess; consent is asked for this category
                columns:
                  visit_id:  # joins rows of visits
                    role: linkage-key
                    do: pseudonymize
                    domain: visit
                    code: one-time
                    type: code
                    why: <why the study needs it>
                  patient_id:  # the person of a row; the same code in every table
                    role: linkage-key
                    do: pseudonymize
                    domain: patient
                    code: random
                    type: code
                    why: <why the study needs it>
                  visited_on:  # a date
                    role: quasi-identifier
                    do: generalize
                    to: year
                    onInvalid: blank
                    as: visited_on_year
                    type: integer
                    why: <why the study needs it>
                  note:  # written by people; may contain any identifier
                    role: free-text
                    do: drop
                  skin_type:  # its name is no hint; look at its values; no row was read
                    role: sensitive
                    do: drop
            """);
  }

  @Test
  void aReleasedColumnNeedsTheReasonOfAPerson() {
    Mapping mapping = read(draft(clinic("visits", "visit_id", "patient_id", "visited_on", "note")));

    assertThat(mapping.tables().values())
        .flatExtracting(table -> table.columns().values())
        .flatExtracting(rule -> rule.outputs())
        .hasSize(7)
        .filteredOn(OutputRule::isReleased)
        .hasSize(5)
        .allMatch(rule -> Placeholder.in(rule.why().orElseThrow().value()).isPresent());
  }

  @ParameterizedTest
  @CsvSource({
    "visit_id, visits",
    "VISIT, visits",
    "visitId, visits",
    "hadm_id, admissions",
    "visit_occurrence_id, visit_occurrence",
    "Diagnosis No, diagnosis"
  })
  void proposesReferencesToTablesOfThatNameOrKey(String column, String table) {
    String key = column.equals("hadm_id") ? "hadm_id" : "id";
    TableRule labs =
        table(
            Map.of(
                "patients",
                PATIENTS,
                table,
                List.of(key, "patient_id", "visited_on"),
                "labs",
                List.of("lab_id", "patient_id", column, "taken_on")),
            "labs");

    assertThat(labs.references()).containsOnlyKeys(column);
    assertThat(labs.references().values())
        .extracting(WithPlace::value)
        .containsExactly(new TableRule.TableReference(table, key));
  }

  @Test
  void referencesHaveNoCycle() {
    Map<String, List<String>> tables =
        Map.of(
            "patients",
            PATIENTS,
            "orders",
            List.of("id", "patient_id", "result_id", "ordered_on"),
            "results",
            List.of("id", "patient_id", "order_id", "resulted_on"));

    assertThat(table(tables, "orders").references()).containsOnlyKeys("result_id");
    assertThat(table(tables, "results").references()).isEmpty();
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
    for (Map<String, List<String>> tables :
        List.of(
            Map.<String, List<String>>of(),
            Map.of("stock", List.of("item", "price")),
            Map.of("patients", List.of("height", "weight")))) {
      assertThat(DraftMapping.of(DraftSource.of(tables), TODAY)).isEmpty();
    }
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
        table(clinic("visits", "visit_id", "patient_id", "visited_on", "discharge_date"), "visits");

    assertThat(names(visits.recordDate())).containsExactly("visited_on", "discharge_date");
    assertThat(visits.timeless()).isEmpty();
  }

  @Test
  void theKeyOfARecordIsItsOwnNumber() {
    TableRule visits =
        table(clinic("visits", "episode_id", "visit_id", "patient_id", "visited_on"), "visits");

    assertThat(names(visits.key())).containsExactly("visit_id");
  }

  @Test
  void theKeyOfARecordWithoutANumberIsItsPersonAndDates() {
    TableRule weights = table(clinic("weights", "patient_id", "measured_on", "weight"), "weights");

    assertThat(names(weights.key())).containsExactly("patient_id", "measured_on");
  }

  @Test
  void aTableThatNamesNoPersonIsLeftOutWithARemark() {
    String draft = draft(clinic("rooms", "room", "floor"));

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
    TableRule table = table(clinic(name, "record_id", "patient_id", "made_on"), name);

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
    assertThat(DraftText.word(name)).isEqualTo(written);
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
