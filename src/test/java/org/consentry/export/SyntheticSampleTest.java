package org.consentry.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.Planner;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sample is made up, and made by the operators of the plan. */
final class SyntheticSampleTest {

  @TempDir private Path root;

  private ExportPlan plan(SmallClinic clinic) {
    Path job = clinic.job("visits", "a", "uni", Basis.DE_IDENTIFIED);
    return Planner.plan(
        job, clinic.now().toLocalDate(), clinic.now().toLocalDate(), Optional.empty());
  }

  @Test
  void showsWhatTheOperatorsMakeOfSyntheticValues() {
    SmallClinic clinic = new SmallClinic(root).patients(1, 3);

    List<SampleRows> sample = SyntheticSample.of(plan(clinic), 5);

    assertThat(sample).extracting(SampleRows::table).containsExactly("patients", "visits");
    SampleRows patients = sample.get(0);
    SampleRows visits = sample.get(1);
    assertThat(patients.columns()).containsExactly("patient_id", "sex");
    assertThat(visits.columns()).containsExactly("visit_id", "patient_id", "visit_year", "finding");
    for (int row = 0; row < 5; row++) {
      assertThat(patients.rows().get(row).get(0)).matches("P-[a-z2-7]{26}");
      assertThat(visits.rows().get(row).get(1)).isEqualTo(patients.rows().get(row).get(0));
      assertThat(visits.rows().get(row).get(2)).matches("20(18|19|20|21|22)");
      assertThat(visits.rows().get(row).get(3)).isNotEmpty();
    }
    assertThat(visits.rows().stream().map(row -> row.get(0))).doesNotHaveDuplicates();
  }

  @Test
  void dependsOnNoRowOfTheSource() {
    SmallClinic clinic = new SmallClinic(root).patients(1, 3);
    ExportPlan one = plan(clinic);
    List<String> first = values(one);
    clinic.patients(4, 90);

    assertThat(values(plan(clinic))).isEqualTo(first);
    assertThat(SyntheticSample.of(one, 100).toString()).doesNotContain(SmallClinic.CANARY);
  }

  /** The cells that are no codes. */
  private static List<String> values(ExportPlan plan) {
    return SyntheticSample.of(plan, 9).get(1).rows().stream()
        .map(row -> row.get(2) + " " + row.get(3))
        .toList();
  }
}
