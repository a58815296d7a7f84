package org.consentry.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.consentry.data.Exclusion;
import org.consentry.data.RecordCategory;
import org.consentry.export.Explainer.RecordFound;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.Planner;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A patient and a record are explained by the procedure that decides a run. */
final class ExplainerTest {

  @TempDir private Path root;
  private SmallClinic clinic;

  @BeforeEach
  void clinic() {
    clinic =
        new SmallClinic(root)
            .patient(1, "2021-05-05", "2024-05-05")
            .patient(2, "2022-02-02")
            .patients(3, 9);
  }

  private ExportPlan plan() {
    return Planner.plan(
        clinic.job("visits", "a", "uni", Basis.LIMITED_DATA_SET), clinic.now().toLocalDate());
  }

  private Explainer.Patient patient(int number) {
    return new Explainer(plan()).patient(SmallClinic.id(number), clinic.now());
  }

  private List<RecordFound> records(int patient, String key) {
    ExportPlan plan = plan();
    Explainer explainer = new Explainer(plan);
    String id = SmallClinic.id(patient);
    return explainer.records(
        explainer.patient(id, clinic.now()), id, RecordQuestion.of(plan, "visits:" + key));
  }

  private static String visit(int patient, String day) {
    return SmallClinic.id(patient) + "-" + day;
  }

  @Test
  void explainsAPatientWhoMayBeReleased() {
    Explainer.Patient explained = patient(1);

    assertThat(explained.exclusion()).isEmpty();
    assertThat(explained.consent().lines()).hasSize(1);
  }

  @Test
  void explainsAPatientWhoPermitsNothing() {
    clinic.withdraws(2);

    assertThat(patient(2).exclusion()).contains(Exclusion.NO_CONSENT);
    assertThat(patient(2).consent().lines()).isEmpty();
  }

  @Test
  void namesNoPatientWhomTheSubjectsTableDoesNotKnow() {
    assertThatThrownBy(() -> patient(77))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("error UNKNOWN_PATIENT the subjects table does not know that patient")
        .hasMessageNotContaining(SmallClinic.CANARY)
        .extracting(refused -> ((ProblemException) refused).category())
        .isEqualTo(Category.USAGE);
  }

  @Test
  void findsARecordWithItsLineAndCategory() {
    List<RecordFound> found = records(1, visit(1, "2024-05-05"));

    assertThat(found).hasSize(1);
    assertThat(found.get(0).line().toString()).endsWith("visits.csv:3");
    assertThat(found.get(0).category()).isEqualTo(RecordCategory.VISIT);
    assertThat(found.get(0).outcome().exclusion()).isEmpty();
  }

  @Test
  void explainsARecordOutsideTheDatesOfThePermit() {
    clinic.permits(1, "2023-01-01", "2025-12-31", "*");

    assertThat(records(1, visit(1, "2021-05-05")).get(0).outcome().exclusion())
        .contains(Exclusion.RECORD_DATE);
    assertThat(records(1, visit(1, "2024-05-05")).get(0).outcome().exclusion()).isEmpty();
  }

  @Test
  void explainsARecordOfAPersonWhoseOwnRowIsNotReleased() {
    clinic.permits(1, "*", "*", "VISIT");

    RecordFound found = records(1, visit(1, "2021-05-05")).get(0);

    assertThat(found.outcome().exclusion()).contains(Exclusion.PARENT_EXCLUDED);
    assertThat(found.outcome().parents()).isEmpty();
  }

  @Test
  void findsNoRecordOfAnotherPatient() {
    assertThat(records(2, visit(1, "2021-05-05"))).isEmpty();
  }
}
