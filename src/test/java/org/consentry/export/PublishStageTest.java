package org.consentry.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sealed release is published after the last checks, or nothing of it is. */
final class PublishStageTest {

  @TempDir private Path root;
  private SmallClinic clinic;
  private Path job;

  @BeforeEach
  void clinic() {
    clinic = new SmallClinic(root).patients(1, 20);
    job = clinic.job("visits", "a", "uni", Basis.DE_IDENTIFIED);
  }

  @Test
  void publishesUnderItsTargetAndRemovesStaging() {
    StageRun run = new StageRun(clinic, job);

    Publication publication = run.publish(run.seal());

    assertThat(publication.state()).isEqualTo(Publication.State.PUBLISHED);
    assertThat(publication.folder().resolve("data/visits.csv")).isRegularFile();
    assertThat(publication.rejected()).isZero();
    assertThat(publication.counts()).containsEntry("visits rows released", 20L);
    assertThat(run.staging().folder()).doesNotExist();
  }

  @Test
  void publishesNothingWhenAPatientWithdrewSinceTheDecision() {
    StageRun run = new StageRun(clinic, job);
    SealedRun sealed = run.seal();
    clinic.withdraws(7);

    assertThatThrownBy(() -> run.publish(sealed))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(
            "error CONSENT_CHANGED consent changed while the run was at work; nothing was"
                + " published")
        .extracting(refused -> ((ProblemException) refused).category())
        .isEqualTo(Category.STALE);
    assertThat(root.resolve("releases/visits")).doesNotExist();
  }

  @Test
  void publishesNothingThatWasChangedInStaging() throws IOException {
    StageRun run = new StageRun(clinic, job);
    SealedRun sealed = run.seal();
    Files.writeString(
        run.staging().release().resolve("data/visits.csv"), "x\n", StandardOpenOption.APPEND);

    assertThatThrownBy(() -> run.publish(sealed))
        .isInstanceOf(ProblemException.class)
        .extracting(refused -> ((ProblemException) refused).category())
        .isEqualTo(Category.DISCLOSURE_CHECK);
    assertThat(root.resolve("releases/visits")).doesNotExist();
  }

  @Test
  void publishesNothingOnceTheYearOfTheAgesIsOver() {
    StageRun run = new StageRun(clinic, job);
    SealedRun sealed = run.seal();
    clinic.on("2027-01-02");

    assertThatThrownBy(() -> run.publish(sealed))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("error REFERENCE_DATE_PAST");
  }

  @Test
  void leavesAReleaseThatNeedsApprovalsInStaging() throws IOException {
    Files.writeString(job, "approval: {required: 1}\n", StandardOpenOption.APPEND);
    StageRun run = new StageRun(clinic, job);
    SealedRun sealed = run.seal();

    Publication publication = run.publish(sealed);

    assertThat(publication.state()).isEqualTo(Publication.State.STAGED);
    assertThat(publication.folder())
        .isEqualTo(sealed.release().orElseThrow().target())
        .doesNotExist();
    assertThat(run.staging().release().resolve("manifest.json")).isRegularFile();
  }
}
