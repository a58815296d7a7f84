package org.consentry.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.consentry.export.seal.TableOutcome;
import org.consentry.export.seal.TableOutcome.PartInRelease;
import org.consentry.export.sort.SortSizes;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every table becomes sorted part files, and no part is written twice on one basis. */
final class SortStageTest {

  private static final SortSizes TWO_ROWS = new SortSizes(1 << 20, 1 << 20, 1 << 20, 2);

  @TempDir private Path root;
  private SmallClinic clinic;
  private Path job;

  @BeforeEach
  void clinic() {
    clinic = new SmallClinic(root).patients(1, 5);
    job = clinic.job("visits", "a", "uni", Basis.DE_IDENTIFIED);
  }

  private static TableOutcome outcome(StagedTables tables, String name) {
    return tables.tables().values().stream()
        .filter(outcome -> outcome.table().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> names(TableOutcome outcome) {
    return outcome.files().stream().map(PartInRelease::name).toList();
  }

  @Test
  void writesOneFileATableWithEveryReleasedRow() throws IOException {
    clinic.withdraws(2);
    StageRun run = new StageRun(clinic, job);

    StagedTables tables = run.sort();

    TableOutcome visits = outcome(tables, "visits");
    assertThat(names(visits)).containsExactly("data/visits.csv");
    assertThat(visits.files().get(0).part().rows()).isEqualTo(4);
    assertThat(Files.readAllLines(run.staging().release().resolve("data/visits.csv"))).hasSize(5);
  }

  @Test
  void numbersTheFilesOfATableWithSeveralParts() {
    TableOutcome visits = outcome(new StageRun(clinic, job, "test", TWO_ROWS).sort(), "visits");

    assertThat(names(visits))
        .containsExactly(
            "data/visits/part-00000.csv",
            "data/visits/part-00001.csv",
            "data/visits/part-00002.csv");
    assertThat(visits.files().stream().map(file -> file.part().rows())).containsExactly(2L, 2L, 1L);
  }

  @Test
  void writesNoPartTwiceOnTheSameBasis() {
    StagedTables first = new StageRun(clinic, job, "test", TWO_ROWS).sort();
    StageRun again = new StageRun(clinic, job, "test", TWO_ROWS);

    StagedTables second = again.sort();

    assertThat(again.workers().begun()).isEmpty();
    assertThat(outcome(second, "visits").files()).hasSameSizeAs(outcome(first, "visits").files());
    assertThat(second.counts()).isEqualTo(first.counts());
  }

  @Test
  void writesAPartAgainThatIsAnotherOneNow() throws IOException {
    new StageRun(clinic, job, "test", TWO_ROWS).sort();
    StageRun again = new StageRun(clinic, job, "test", TWO_ROWS);
    Files.writeString(again.staging().release().resolve("data/visits/part-00001.csv"), "x\n");

    again.sort();

    assertThat(again.workers().begun()).containsExactly("sort visits-1");
  }

  @Test
  void reportsADeclaredKeyThatRepeats() {
    clinic.repeatsAVisitId();
    StageRun run = new StageRun(clinic, job);

    StagedTables tables = run.sort();

    assertThat(outcome(tables, "visits").keys()).isEqualTo(TableOutcome.Keys.NOT_UNIQUE);
    assertThat(outcome(tables, "patients").keys()).isEqualTo(TableOutcome.Keys.UNIQUE);
    assertThat(run.notes()).anyMatch(note -> note.contains("warning KEY_REPEATED 1 released row"));
  }

  @Test
  void countsRowsAndSubjectsByName() {
    clinic.withdraws(2);

    assertThat(new StageRun(clinic, job).sort().counts())
        .containsAllEntriesOf(
            Map.of(
                "subjects read", 5L,
                "subjects not permitted", 1L,
                "subjects released", 4L,
                "visits rows read", 5L,
                "visits rows not permitted", 1L,
                "visits rows not in cohort", 0L,
                "visits rows not usable", 0L,
                "visits rows released", 4L));
  }
}
