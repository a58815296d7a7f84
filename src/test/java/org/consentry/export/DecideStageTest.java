package org.consentry.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.consentry.connector.SourceTable;
import org.consentry.export.decide.TableSplits;
import org.consentry.export.sort.SortSizes;
import org.consentry.keys.StudyKey;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every subject is decided once, before a row is read. */
final class DecideStageTest {

  @TempDir private Path root;
  private SmallClinic clinic;
  private Path job;

  @BeforeEach
  void clinic() {
    clinic = new SmallClinic(root).patients(1, 4);
    job = clinic.job("visits", "a", "uni", Basis.DE_IDENTIFIED);
  }

  @Test
  void reportsHowManySubjectsMayBeReleasedAndWhyTheOthersMayNot() {
    clinic.withdraws(2);
    StageRun run = new StageRun(clinic, job);

    RunDecisions decided = run.decide();

    assertThat(decided.decisions().cohort()).isEqualTo(3);
    assertThat(run.notes()).contains("3 of 4 subjects may be released; excluded: NO_CONSENT 1");
  }

  @Test
  void decidesAtTheMomentOfTheClock() {
    clinic.on("2026-11-25");

    assertThat(new StageRun(clinic, job).decide().inputs().moment()).isEqualTo(clinic.now());
  }

  @Test
  void decidesAlikeOnWhatWasReadAhead() {
    StageRun ahead = new StageRun(clinic, job);
    ahead.readAhead();

    assertThat(ahead.decide().basis()).isEqualTo(new StageRun(clinic, job).decide().basis());
  }

  @Test
  void refusesWhatCouldNotBeReadAhead() throws IOException {
    StageRun ahead = new StageRun(clinic, job);
    Files.delete(ahead.plan().consents().file().orElseThrow());
    ahead.readAhead();

    assertThatThrownBy(ahead::decide)
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("CONSENT_UNREADABLE");
  }

  @Test
  void refusesLinesThatChangedSinceTheyWereReadAhead() {
    StageRun ahead = new StageRun(clinic, job);
    ahead.readAhead();
    clinic.withdraws(3);

    assertThatThrownBy(ahead::decide)
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("SOURCE_CHANGED");
  }

  @Test
  void hasTheSameBasisForTheSameInputs() {
    assertThat(new StageRun(clinic, job).decide().basis())
        .isEqualTo(new StageRun(clinic, job).decide().basis());
  }

  @Test
  void hasAnotherBasisAfterAWithdrawal() {
    String before = new StageRun(clinic, job).decide().basis();

    clinic.withdraws(3);

    assertThat(new StageRun(clinic, job).decide().basis()).isNotEqualTo(before);
  }

  @Test
  void hasAnotherBasisUnderAnotherVersionOfTheProgram() {
    String before = new StageRun(clinic, job).decide().basis();

    assertThat(new StageRun(clinic, job, "next version", SortSizes.USUAL).decide().basis())
        .isNotEqualTo(before);
  }

  @Test
  void cutsEveryTableOnce() {
    StageRun run = new StageRun(clinic, job);
    TableSplits splits = run.decide().splits();
    SourceTable visits =
        run.plan().tables().stream()
            .filter(table -> table.name().equals("visits"))
            .findFirst()
            .orElseThrow()
            .source();

    assertThat(splits.apply(visits)).isSameAs(splits.apply(visits)).isNotEmpty();
  }

  @Test
  void refusesAnotherStudyKeyThanThatOfEarlierReleases() throws IOException {
    clinic.release(job);
    Files.delete(root.resolve("keys/a.key"));
    StudyKey.generate().writeNew(root.resolve("keys/a.key"));
    StageRun run = new StageRun(clinic, job);

    assertThatThrownBy(run::decide)
        .isInstanceOf(ProblemException.class)
        .hasMessageEndingWith(
            "error OTHER_KEY the study key is not the one of the study's earlier releases; restore"
                + " the earlier key, or give the study a new id")
        .extracting(refused -> ((ProblemException) refused).category())
        .isEqualTo(Category.KEY);
  }
}
