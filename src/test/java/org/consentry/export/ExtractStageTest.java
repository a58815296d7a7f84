package org.consentry.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.consentry.data.Exclusion;
import org.consentry.data.Tally;
import org.consentry.export.extract.SplitResult;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Released rows are spilled split by split, and no split is extracted twice on one basis. */
final class ExtractStageTest {

  private static final String[] SPLITS = {"extract-0 patients-0", "extract-1 visits-0"};

  @TempDir private Path root;
  private SmallClinic clinic;
  private Path job;

  @BeforeEach
  void clinic() {
    clinic = new SmallClinic(root).patients(1, 5);
    job = clinic.job("visits", "a", "uni", Basis.DE_IDENTIFIED);
  }

  @Test
  void spillsTheRowsOfPermittedSubjectsAndCountsTheOthers() {
    clinic.withdraws(2);

    Extraction extraction = new StageRun(clinic, job).extract();

    for (String table : new String[] {"patients", "visits"}) {
      Tally tally = tally(extraction, table);
      assertThat(tally.read()).isEqualTo(5);
      assertThat(tally.released()).isEqualTo(4);
      assertThat(tally.excluded()).isEqualTo(Map.of(Exclusion.NO_CONSENT, 1L));
    }
  }

  private static Tally tally(Extraction extraction, String table) {
    return extraction.tables().entrySet().stream()
        .filter(entry -> entry.getKey().equals(table))
        .flatMap(entry -> entry.getValue().splits().stream())
        .map(SplitResult::tally)
        .reduce(Tally.NONE, Tally::plus);
  }

  @Test
  void excludesTheRowsOfAPersonWhoseOwnRowIsNotReleased() {
    clinic.permits(3, "*", "*", "VISIT");

    Extraction extraction = new StageRun(clinic, job).extract();

    assertThat(tally(extraction, "patients").excluded()).isEqualTo(Map.of(Exclusion.CATEGORY, 1L));
    assertThat(tally(extraction, "visits").excluded())
        .isEqualTo(Map.of(Exclusion.PARENT_EXCLUDED, 1L));
  }

  @Test
  void extractsLevelByLevel() {
    StageRun run = new StageRun(clinic, job);

    run.extract();

    assertThat(run.workers().begun()).containsExactly(SPLITS);
  }

  @Test
  void extractsNoSplitTwiceOnTheSameBasis() {
    Extraction first = new StageRun(clinic, job).extract();
    StageRun again = new StageRun(clinic, job);

    Extraction second = again.extract();

    assertThat(again.workers().begun()).isEmpty();
    assertThat(tally(second, "visits")).isEqualTo(tally(first, "visits"));
    assertThat(second.basis()).isEqualTo(first.basis());
  }

  @Test
  void extractsAgainAfterAWithdrawal() {
    Extraction first = new StageRun(clinic, job).extract();
    clinic.withdraws(2);
    StageRun again = new StageRun(clinic, job);

    Extraction second = again.extract();

    assertThat(again.workers().begun()).containsExactly(SPLITS);
    assertThat(second.basis()).isNotEqualTo(first.basis());
  }

  @ParameterizedTest
  @ValueSource(strings = {"visits-0.spill", "visits-0.marker", "visits-0.keys", "visits-0.days"})
  void extractsASplitAgainWhoseFilesAreDamaged(String name) throws IOException {
    new StageRun(clinic, job).extract();
    StageRun again = new StageRun(clinic, job);
    Path file = again.staging().work().resolve(name);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);

    again.extract();

    assertThat(again.workers().begun()).containsExactly("extract-1 visits-0");
  }

  @Test
  void refusesTheFirstBadRowWhereTheJobToleratesNone() throws IOException {
    Files.writeString(
        root.resolve("clinic/visits.csv"), "V-9,too,few\n", StandardOpenOption.APPEND);
    StageRun run = new StageRun(clinic, job);

    assertThatThrownBy(run::extract)
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(
            "visits.csv:7: error REJECTED_ROWS 1 of 6 rows read cannot be used: RAGGED 1 (line 7);"
                + " tolerated is a share of 0")
        .hasMessageNotContaining("too")
        .extracting(refused -> ((ProblemException) refused).category())
        .isEqualTo(Category.FILES_INVALID);
  }
}
