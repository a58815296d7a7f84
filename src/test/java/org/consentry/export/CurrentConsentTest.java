package org.consentry.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.Planner;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Consent is decided apart from a run, and refused where earlier runs read more restrictions. */
final class CurrentConsentTest {

  @TempDir private Path root;
  private SmallClinic clinic;
  private Path job;

  @BeforeEach
  void clinic() {
    clinic = new SmallClinic(root).patients(1, 5);
    job = clinic.job("visits", "a", "uni", Basis.DE_IDENTIFIED);
  }

  private CurrentConsent decide() {
    ExportPlan plan = Planner.plan(job, clinic.now().toLocalDate());
    return CurrentConsent.decide(
        plan, clinic.now(), new RestrictionMemory(clinic.state(), clinic.ledger()));
  }

  @Test
  void decidesAsTheNextRunWould() {
    clinic.withdraws(2);

    assertThat(decide().decisions().digest())
        .isEqualTo(new StageRun(clinic, job).decide().decisions().consentDigest());
  }

  @Test
  void showsHowManySubjectsThereAreAndNoneOfThem() {
    assertThat(decide()).hasToString("CurrentConsent[5]");
  }

  @Test
  void refusesConsentLinesInWhichARestrictionIsMissing() {
    clinic.denies(3);
    new StageRun(clinic, job).decide();
    clinic.permits(3, "*", "*", "*");

    assertThatThrownBy(this::decide)
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(
            "error RESTRICTIONS_MISSING restrictions that earlier runs read are missing (1)")
        .hasMessageNotContaining(SmallClinic.CANARY)
        .extracting(refused -> ((ProblemException) refused).category())
        .isEqualTo(Category.FILES_INVALID);
  }
}
