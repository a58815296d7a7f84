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

/** A release is complete and signed in staging, or it is refused. */
final class SealStageTest {

  @TempDir private Path root;
  private SmallClinic clinic;
  private Path job;

  @BeforeEach
  void clinic() {
    clinic = new SmallClinic(root).patients(1, 20);
    job = clinic.job("visits", "a", "uni", Basis.DE_IDENTIFIED);
  }

  @Test
  void completesAndSignsTheReleaseInStaging() {
    StageRun run = new StageRun(clinic, job);

    SealedRun sealed = run.seal();

    assertThat(sealed.release().orElseThrow().target())
        .isEqualTo(root.resolve("releases/visits/2026-11-23-r1"))
        .doesNotExist();
    for (String name :
        new String[] {"manifest.json", "manifest.json.sig", "SHA256SUMS", "datapackage.json"}) {
      assertThat(run.staging().release().resolve(name)).isRegularFile();
    }
  }

  @Test
  void removesPartFilesThatThisRunDidNotWrite() throws IOException {
    StageRun run = new StageRun(clinic, job);
    Path other = run.staging().release().resolve("data/visits/part-00000.csv");
    Files.createDirectories(other.getParent());
    Files.writeString(other, "rows of an earlier attempt\n");

    run.seal();

    assertThat(other.getParent()).doesNotExist();
  }

  @Test
  void refusesARunThatMayReleaseNoSubject() {
    for (int patient = 1; patient <= 20; patient++) {
      clinic.withdraws(patient);
    }
    StageRun run = new StageRun(clinic, job);

    assertThatThrownBy(run::seal)
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(
            "error NOTHING_TO_RELEASE no subject may be released; excluded: NO_CONSENT 20")
        .extracting(refused -> ((ProblemException) refused).category())
        .isEqualTo(Category.DISCLOSURE_CHECK);
  }

  @Test
  void refusesMoreBadRowsThanTheJobTolerates() throws IOException {
    Files.writeString(job, "rejects: {share: 0.05}\n", StandardOpenOption.APPEND);
    Files.writeString(
        root.resolve("clinic/visits.csv"), "V-8,few\nV-9,few\n", StandardOpenOption.APPEND);
    StageRun run = new StageRun(clinic, job);

    assertThatThrownBy(run::seal)
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(
            "error REJECTED_ROWS 2 of 22 rows read cannot be used: RAGGED 2 (lines 22, 23);"
                + " tolerated is a share of 0.05");
  }

  @Test
  void acceptsAsManyBadRowsAsTheJobTolerates() throws IOException {
    Files.writeString(job, "rejects: {share: 0.05}\n", StandardOpenOption.APPEND);
    Files.writeString(root.resolve("clinic/visits.csv"), "V-9,few\n", StandardOpenOption.APPEND);

    assertThat(new StageRun(clinic, job).seal().staged().rejected()).isEqualTo(1);
  }
}
