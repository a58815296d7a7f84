package org.consentry.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.consentry.data.CodeForm;
import org.consentry.data.Effect.CodeKind;
import org.consentry.data.Field;
import org.consentry.plan.DecidePlan.CodeSlot;
import org.consentry.problem.Problem;
import org.consentry.problem.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The committed jobs, mappings and schemas. */
class SampleJobsTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jobs/eyelid-outcomes.yaml",
        "jobs/outcomes-limited-data-set.yaml",
        "jobs/eyelid-expert.yaml",
        "jobs/fhir-eyelid.yaml",
        "jobs/omop-safe-harbor.yaml"
      })
  void jobsOfTheClinicHaveNoErrorAndNoWarning(String job) {
    assertThat(Planner.check(Path.of(job), TODAY)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mappings/clinic-safe-harbor.yaml",
        "mappings/clinic-limited-data-set.yaml",
        "mappings/clinic-expert.yaml",
        "mappings/fhir-safe-harbor.yaml",
        "mappings/omop-safe-harbor.yaml",
        "mappings/synthea-safe-harbor.yaml"
      })
  void mappingsHaveNoError(String mapping) {
    assertThat(Planner.check(Path.of(mapping), TODAY))
        .filteredOn(problem -> problem.severity() == Severity.ERROR)
        .extracting(Problem::toString)
        .isEmpty();
  }

  @Test
  void aPlanHasWhatAnExportNeeds() {
    ExportPlan plan = Planner.plan(Path.of("jobs/eyelid-outcomes.yaml"), TODAY);

    assertThat(plan.tables())
        .extracting(TableExtract::name)
        .containsExactly("patients", "visits", "procedures", "proms");
    TableExtract patients = plan.tables().get(0);
    assertThat(patients.isSubjects()).isTrue();
    assertThat(patients.level()).isZero();
    assertThat(patients.schema().fields())
        .extracting(Field::name)
        .containsExactly("patient_id", "sex", "birth_year", "state", "zip3");
    assertThat(plan.decide().codeSlots())
        .containsExactly(new CodeSlot("patient", CodeKind.RANDOM, CodeForm.usual("patient")));
    assertThat(plan.decide().cohort().orElseThrow().conditions()).hasSize(1);
    assertThat(plan.referenceDate()).isEqualTo(TODAY);
    assertThat(plan.digest()).matches("sha256:[0-9a-f]{64}");
    assertThat(plan.request(TODAY.atStartOfDay()).recipient().id()).isEqualTo("uni-x");
  }

  @Test
  void theSchemaOfJobsIsTheCommittedOne() throws IOException {
    assertThat(Files.readString(Path.of("jobs/job.schema.json")))
        .as("to write it again: consentry schema job > jobs/job.schema.json")
        .isEqualTo(Schemas.job());
  }

  @Test
  void theSchemaOfMappingsIsTheCommittedOne() throws IOException {
    assertThat(Files.readString(Path.of("mappings/mapping.schema.json")))
        .as("to write it again: consentry schema mapping > mappings/mapping.schema.json")
        .isEqualTo(Schemas.mapping());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jobs/eyelid-outcomes.yaml",
        "jobs/outcomes-limited-data-set.yaml",
        "jobs/eyelid-expert.yaml",
        "jobs/fhir-eyelid.yaml",
        "jobs/omop-safe-harbor.yaml",
        "sample-data/synthea/synthea-safe-harbor.yaml"
      })
  void jobsAreValidUnderTheSchema(String job) throws IOException {
    assertThat(errors(Schemas.job(), job)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mappings/clinic-safe-harbor.yaml",
        "mappings/clinic-limited-data-set.yaml",
        "mappings/clinic-expert.yaml",
        "mappings/fhir-safe-harbor.yaml",
        "mappings/omop-safe-harbor.yaml",
        "mappings/synthea-safe-harbor.yaml"
      })
  void mappingsAreValidUnderTheSchema(String mapping) throws IOException {
    assertThat(errors(Schemas.mapping(), mapping)).isEmpty();
  }

  @Test
  void theSchemaOfRulesIsTheCommittedOneAndTheShippedRulesAreValidUnderIt() throws IOException {
    assertThat(Files.readString(Path.of("mappings/rules.schema.json")))
        .as("to write it again: consentry schema rules > mappings/rules.schema.json")
        .isEqualTo(Schemas.rules());
    assertThat(errors(Schemas.rules(), "mappings/clinic-service-class.yaml")).isEmpty();
    assertThat(Planner.check(Path.of("mappings/clinic-service-class.yaml"), TODAY)).isEmpty();
  }

  private static List<String> errors(String schema, String file) throws IOException {
    Schema compiled =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(schema, InputFormat.JSON);
    return compiled.validate(Files.readString(Path.of(file)), InputFormat.YAML).stream()
        .map(Object::toString)
        .toList();
  }
}
